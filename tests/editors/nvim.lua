-- Neovim's own client with `matterlint server`: shows the findings of a post, and applies a fix.
-- Run by tests/editors/nvim.sh in a folder that holds post.md; RECIPE names the setup from docs/editors.md.

local function fail(message)
  io.stderr:write(message .. "\n")
  vim.cmd("cquit 1")
end

vim.cmd("filetype on")
dofile(vim.env.RECIPE)
vim.cmd("edit post.md")
local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
vim.wait(10000, function() return #clients() > 0 end, 20)
local client = clients()[1] or fail("the recipe starts no server")

local function findings()
  local rules = {}
  for _, found in ipairs(vim.diagnostic.get(0)) do
    table.insert(rules, string.format("%d:%d %s", found.lnum + 1, found.col + 1, found.code or found.user_data.lsp.code))
  end
  table.sort(rules)
  return table.concat(rules, "\n")
end
local function wait_for(expected)
  vim.wait(10000, function() return findings() == expected end, 20)
  if findings() ~= expected then fail("expected:\n" .. expected .. "\nfound:\n" .. findings()) end
end

wait_for("2:19 broken-front-matter\n5:16 leftover-placeholder")

local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
params.range = { start = { line = 1, character = 0 }, ["end"] = { line = 1, character = 30 } }
params.context = { diagnostics = {}, only = { "quickfix" } }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 10000)
for _, answer in pairs(answers or {}) do
  for _, action in ipairs(answer.result or {}) do
    if action.isPreferred then vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding) end
  end
end
local line = vim.api.nvim_buf_get_lines(0, 1, 2, false)[1]
if line ~= 'title: "안녕 😀: the book"' then fail("after the fix: " .. line) end

wait_for("5:16 leftover-placeholder")
vim.cmd("quitall!")
