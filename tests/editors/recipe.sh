#!/usr/bin/env bash
# Shared by the scripts here: `recipe LANGUAGE N` prints the Nth code block of docs/editors.md in a language, so that
# what is tested is what is written there; `post DIR` makes a folder with a post whose findings stand behind wide
# characters, where bytes, characters and cells differ.
MATTERLINT=${MATTERLINT:-$PWD/target/debug/matterlint}
export MATTERLINT
PATH=$(dirname "$MATTERLINT"):$PATH

recipe() {
    awk -v fence="\`\`\`$1" -v wanted="$2" '$0 == fence { seen++; on = seen == wanted; next } /^```$/ { on = 0 } on' docs/editors.md
}

post() {
    mkdir -p "$1/.git"
    printf -- '---\ntitle: 안녕 😀: the book\n---\n\n슬라이드 : ( 추후 업데이트 )\n' > "$1/post.md"
}

# The characters that an editor marks, line by line: the same in each.
expected=$'2 error broken-front-matter :\n5 warning leftover-placeholder ( 추후 업데이트 )'

same() {
    if [ "$2" != "$expected" ]; then
        printf '%s: expected:\n%s\nfound:\n%s\n' "$1" "$expected" "$2"
        exit 1
    fi
}
