//! The modules of a crate and what they use of each other, read from its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree};

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
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut reader = Reader { module: module.clone(), paths: BTreeSet::new(), tantivy: false };
        reader.visit_file(&parsed);
        self.paths.insert(module.clone(), reader.paths);
        if reader.tantivy {
            self.tantivy.insert(module.clone());
        }
        for item in &parsed.items {
            if let Item::Mod(ItemMod { attrs, ident, content: None, .. }) = item
                && !is_for_tests(attrs)
            {
                let name = ident.to_string();
                let (file, inner) = file_of(folder, &name);
                self.read(&file, &inner, &[module.clone(), vec![name]].concat());
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
    let reached: BTreeMap<&String, BTreeSet<String>> = names.iter().map(|name| (*name, reach(name))).collect();
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

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string().contains("test"))
    })
}

/// Gathers the paths of one file.
struct Reader {
    module: Module,
    paths: BTreeSet<Module>,
    tantivy: bool,
}

impl Reader {
    /// Takes note of a path; one that leads out of the crate only if it leads to tantivy.
    fn take(&mut self, path: &[String]) {
        let Some((first, mut rest)) = path.split_first() else { return };
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().saturating_sub(1)].to_vec(),
            "tantivy" => {
                self.tantivy = true;
                return;
            }
            _ => return,
        };
        while let Some(("super", more)) = rest.split_first().map(|(first, more)| (first.as_str(), more)) {
            base.pop();
            rest = more;
        }
        base.extend(rest.iter().cloned());
        self.paths.insert(base);
    }

    fn take_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.take_tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) if name.ident == "self" => self.take(before),
            UseTree::Name(name) => self.take(&with(name.ident.to_string())),
            UseTree::Rename(name) => self.take(&with(name.ident.to_string())),
            UseTree::Glob(_) => self.take(before),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.take_tree(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_for_tests(&item.attrs) {
            self.take_tree(&[], &item.tree);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        let for_tests = match item {
            Item::Fn(item) => is_for_tests(&item.attrs),
            Item::Impl(item) => is_for_tests(&item.attrs),
            _ => false,
        };
        if !for_tests {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.take(&names);
        }
        visit::visit_path(self, path);
    }
}
