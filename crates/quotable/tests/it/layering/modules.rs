//! The modules of a crate and what they use of each other, read from its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::tokens::{Token, tokens};

/// A module, by the names of its parents and its own: empty for the root of the crate.
pub(super) type Module = Vec<String>;

/// The modules of a crate, test modules left out.
pub(super) struct Modules {
    /// For each module, the paths that it names with `crate`, `self` or `super` at their beginning, made absolute.
    pub(super) paths: BTreeMap<Module, BTreeSet<Module>>,
    /// The modules that name tantivy.
    pub(super) tantivy: BTreeSet<Module>,
}

impl Modules {
    /// Reads the sources in the folder `crates/<name>/src`.
    pub(super) fn of(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src");
        let root = ["lib.rs", "main.rs"].map(|file| folder.join(file)).into_iter().find(|file| file.exists());
        let mut modules = Self { paths: BTreeMap::new(), tantivy: BTreeSet::new() };
        modules.read(&root.unwrap(), &folder, &Vec::new());
        modules
    }

    /// Reads a file and those of the modules it declares, which are in `folder`.
    fn read(&mut self, file: &Path, folder: &Path, module: &Module) {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display())).unwrap();
        let tokens = without_tests(&tokens(&text));
        let mut reader = Reader { module, paths: BTreeSet::new(), names_tantivy: false };
        reader.read(&tokens);
        let Reader { paths, names_tantivy, .. } = reader;
        self.paths.insert(module.clone(), paths);
        if names_tantivy {
            self.tantivy.insert(module.clone());
        }
        for declared in tokens.windows(3) {
            if let [Token::Word(keyword), Token::Word(name), Token::Sign(';')] = declared
                && keyword == "mod"
            {
                let (file, inner) = file_of(folder, name);
                self.read(&file, &inner, &[module.as_slice(), std::slice::from_ref(name)].concat());
            }
        }
    }

    /// The longest beginning of a path that is a module.
    pub(super) fn resolve(&self, path: &Module) -> Module {
        let module = (0..=path.len()).rev().map(|len| path[..len].to_vec());
        module.into_iter().find(|module| self.paths.contains_key(module)).unwrap_or_default()
    }

    /// For each module with children, which of the children use which others, themselves or by the modules inside them.
    pub(super) fn siblings(&self) -> BTreeMap<Module, BTreeSet<(String, String)>> {
        let mut edges: BTreeMap<Module, BTreeSet<(String, String)>> = BTreeMap::new();
        for (from, paths) in &self.paths {
            for path in paths {
                let to = self.resolve(path);
                let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
                // A module and its own children may use each other.
                if let (Some(one), Some(other)) = (from.get(common), to.get(common)) {
                    edges.entry(from[..common].to_vec()).or_default().insert((one.clone(), other.clone()));
                }
            }
        }
        edges
    }
}

/// The modules of each circle among edges, if there are any.
pub(super) fn circles(edges: &BTreeSet<(String, String)>) -> Vec<BTreeSet<String>> {
    let reach = |start: &str| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![start.to_owned()]);
        while let Some(module) = left.pop() {
            for (_, next) in edges.iter().filter(|(from, _)| *from == module) {
                if seen.insert(next.clone()) {
                    left.push(next.clone());
                }
            }
        }
        seen
    };
    let names: BTreeSet<&String> = edges.iter().map(|(from, _)| from).collect();
    let reached: BTreeMap<&String, BTreeSet<String>> =
        names.iter().map(|name| (*name, reach(name))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (name, there) in &reached {
        if there.contains(*name) && !circles.iter().any(|circle| circle.contains(*name)) {
            let back = |other: &&String| reached.get(other).is_some_and(|there| there.contains(*name));
            circles.push(there.iter().filter(back).cloned().collect());
        }
    }
    circles
}

/// The file of a module declared in a folder, and the folder of the modules inside it.
fn file_of(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    (folder.join(format!("{name}.rs")), folder.join(name))
}

/// Leaves out what is compiled for tests alone: what follows `#[cfg(test)]` up to the end of its item.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        match attribute(rest) {
            Some((inside, after)) if is_for_tests(inside) => rest = after_item(after),
            _ => {
                kept.push(first.clone());
                rest = after;
            }
        }
    }
    kept
}

/// The tokens inside an attribute at the beginning, and those that follow it.
fn attribute(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    let [Token::Sign('#'), Token::Sign('['), rest @ ..] = tokens else { return None };
    let end = rest.iter().position(|token| *token == Token::Sign(']'))?;
    Some((&rest[..end], &rest[end + 1..]))
}

fn is_for_tests(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| matches!(token, Token::Word(found) if found == word));
    has("cfg") && has("test") && !has("not")
}

/// What follows an item: it ends with its block, or with a semicolon outside of all brackets.
fn after_item(tokens: &[Token]) -> &[Token] {
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign('{' | '(' | '[') => depth += 1,
            Token::Sign(')' | ']') => depth -= 1,
            Token::Sign('}') => {
                depth -= 1;
                // The braces of `use a::{b};` are followed by a semicolon.
                if depth == 0 && tokens.get(at + 1) != Some(&Token::Sign(';')) {
                    return &tokens[at + 1..];
                }
            }
            Token::Sign(';') if depth == 0 => return &tokens[at + 1..],
            _ => {}
        }
    }
    &[]
}

/// Gathers the paths of one module.
struct Reader<'a> {
    module: &'a Module,
    paths: BTreeSet<Module>,
    names_tantivy: bool,
}

impl Reader<'_> {
    fn read(&mut self, tokens: &[Token]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let is_inside_path = at > 0 && tokens[at - 1] == Token::PathSeparator;
            at += match token {
                Token::Word(word) if word == "use" => 1 + self.read_tree(&[], &tokens[at + 1..]),
                Token::Word(_) if !is_inside_path => self.read_tree(&[], &tokens[at..]).max(1),
                _ => 1,
            };
        }
    }

    /// Reads a path, or a tree of paths in braces, which follows the path `before`. Returns the number of its tokens.
    fn read_tree(&mut self, before: &[String], tokens: &[Token]) -> usize {
        let mut path = before.to_vec();
        let mut at = 0;
        loop {
            match tokens.get(at) {
                Some(Token::Word(word)) => {
                    if word != "self" || path.is_empty() {
                        path.push(word.clone());
                    }
                    at += 1;
                }
                Some(Token::Sign('{'))
                    if !path.is_empty() && tokens.get(at.wrapping_sub(1)) != Some(&Token::Sign('{')) =>
                {
                    at += 1;
                    while let Some(token) = tokens.get(at).filter(|token| **token != Token::Sign('}')) {
                        at += match token {
                            Token::Word(_) => self.read_tree(&path, &tokens[at..]),
                            _ => 1,
                        };
                    }
                    return at + 1;
                }
                _ => break,
            }
            if tokens.get(at) != Some(&Token::PathSeparator) {
                break;
            }
            at += 1;
        }
        self.take(&path);
        at
    }

    /// Takes note of a path; one that leads out of the crate only if it leads to tantivy.
    fn take(&mut self, path: &[String]) {
        let Some((first, mut rest)) = path.split_first() else { return };
        if rest.is_empty() {
            return;
        }
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().saturating_sub(1)].to_vec(),
            "tantivy" => {
                self.names_tantivy = true;
                return;
            }
            _ => return,
        };
        while let Some((first, more)) = rest.split_first()
            && first == "super"
        {
            base.pop();
            rest = more;
        }
        base.extend(rest.iter().cloned());
        self.paths.insert(base);
    }
}
