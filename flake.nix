{
  description = "A linter for Markdown front matter and content";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: rec {
        default = matterlint;
        matterlint = pkgs.rustPlatform.buildRustPackage {
          pname = "matterlint";
          version = (builtins.fromTOML (builtins.readFile ./Cargo.toml)).package.version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # The tests read files outside of the sandbox; CI runs them.
          doCheck = false;
          postInstall = pkgs.lib.optionalString (pkgs.stdenv.buildPlatform.canExecute pkgs.stdenv.hostPlatform) ''
            for shell in bash zsh fish; do
              $out/bin/matterlint completions $shell > matterlint.$shell
            done
            installShellCompletion matterlint.{bash,zsh,fish}
            $out/bin/matterlint man > matterlint.1
            installManPage matterlint.1
          '';
          meta = {
            description = "A linter for Markdown front matter and content";
            homepage = "https://matterlint.github.io/matterlint/";
            license = with pkgs.lib.licenses; [
              mit
              asl20
            ];
            mainProgram = "matterlint";
          };
        };
      });
      devShells = each (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.cargo
            pkgs.clippy
            pkgs.rustc
            pkgs.rustfmt
          ];
        };
      });
    };
}
