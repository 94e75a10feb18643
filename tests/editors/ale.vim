" What ALE marks in post.md, written to the file `found`. Run by tests/editors/vim.sh.
function! Tell(...) abort
  let l:lines = []
  for l:found in ale#engine#GetLoclist(bufnr(''))
    let l:marked = matchstr(getline(l:found.lnum)[l:found.col - 1:], l:found.type is# 'E' ? '^:' : '^(.*)')
    let l:level = l:found.type is# 'E' ? 'error' : 'warning'
    call add(l:lines, l:found.lnum . ' ' . l:level . ' ' . l:found.code . ' ' . l:marked)
  endfor
  call writefile(l:lines, 'found')
  qall!
endfunction

edit post.md
if !exists('g:loaded_ale')
  qall!
endif
autocmd User ALELintPost call timer_start(100, 'Tell')
call timer_start(30000, 'Tell')
