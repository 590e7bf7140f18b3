//! The profiles that an index reads reports by.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::built_in;
use crate::error::ProfileError;
use crate::name::Framework;
use crate::parse::{self, Parsed};
use crate::pattern::Pattern;
use crate::profile::Profile;
use crate::register::Register;

/// The name of the profile whose rules every other profile falls back on, and by which reports are read that no profile
/// recognises.
pub const GENERAL: &str = "general";

/// The name of no register, for a profile whose authorities are in none.
const NO_REGISTER: &str = "none";

/// A profile may extend one that extends another, up to this many.
const LONGEST_CHAIN: usize = 8;

/// A set of profiles, and the registers of authorities that they name.
#[derive(Debug, Clone)]
pub struct Profiles {
    profiles: Vec<Arc<Profile>>,
    registers: Vec<Arc<Register>>,
    /// The text of each profile, by its name: those it is extended by are parsed again when it is replaced.
    sources: Vec<Source>,
    general: Arc<Profile>,
    themes: BTreeMap<String, Vec<HeadingRules>>,
    hash: [u8; 16],
}

/// Patterns of headings that have a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeadingRules {
    any: Vec<Pattern>,
    unless: Vec<Pattern>,
}

/// The texts of profiles by file name, and those of registers by name.
pub type ProfileTexts = (Vec<(String, String)>, Vec<(String, String)>);

/// The text of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    file: String,
    text: String,
    /// True for one that comes with the crate, whose patterns a test checks.
    built_in: bool,
}

impl Default for Profiles {
    fn default() -> Self {
        Self::built_in().clone()
    }
}

impl Profiles {
    /// The profiles and registers that come with the crate.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Profiles> = OnceLock::new();
        BUILT_IN.get_or_init(|| {
            let sources = built_in::PROFILES.map(|(file, text)| Source {
                file: file.to_owned(),
                text: text.to_owned(),
                built_in: true,
            });
            let registers = built_in::REGISTERS.map(|(name, text)| Register::parse(name, text));
            let (registers, errors): (Vec<_>, Vec<_>) = registers.into_iter().partition(Result::is_ok);
            debug_assert!(errors.is_empty(), "a built-in register: {errors:?}");
            let registers = registers.into_iter().flatten().map(Arc::new).collect();
            let (profiles, errors) = Self::of(sources.to_vec(), registers);
            debug_assert!(errors.is_empty(), "a built-in profile: {errors:?}");
            profiles
        })
    }

    /// These profiles and those of `texts` (name of the file and TOML). A profile of the same name takes the place of
    /// another. What is wrong with a profile costs that profile alone, and is listed.
    #[must_use]
    pub fn with(&self, texts: impl IntoIterator<Item = (String, String)>) -> (Self, Vec<ProfileError>) {
        let mut sources = self.sources.clone();
        sources.extend(texts.into_iter().map(|(file, text)| Source { file, text, built_in: false }));
        Self::of(sources, self.registers.clone())
    }

    /// These profiles with another register. One of the same name takes the place of another.
    #[must_use]
    pub fn with_register(&self, register: Register) -> Self {
        let mut registers = self.registers.clone();
        registers.retain(|known| known.name() != register.name());
        registers.push(Arc::new(register));
        Self::of(self.sources.clone(), registers).0
    }

    /// These profiles, and the profiles (`*.toml`) and registers (`*.csv`) in a folder. A missing folder holds none.
    #[must_use]
    pub fn with_folder(&self, folder: &Path) -> (Self, Vec<ProfileError>) {
        let mut errors = Vec::new();
        let mut files: Vec<_> = match std::fs::read_dir(folder) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                let cure = "name a folder that you may read";
                errors.push(ProfileError::new(folder.display().to_string(), error.to_string(), cure));
                Vec::new()
            }
        };
        files.sort();
        let mut texts = Vec::new();
        let mut registers = self.registers.clone();
        for file in files {
            let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if !matches!(ending, "toml" | "csv") || !file.is_file() {
                continue;
            }
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            match read(&file) {
                Ok(text) if ending == "toml" => texts.push((name, text)),
                Ok(text) => {
                    let stem = name.strip_suffix(".csv").unwrap_or(&name);
                    match Register::parse(stem, &text) {
                        Ok(register) => {
                            registers.retain(|known| known.name() != register.name());
                            registers.push(Arc::new(register));
                        }
                        Err(error) => errors.push(error),
                    }
                }
                Err(message) => {
                    errors.push(ProfileError::new(name, message, "save it as a text in UTF-8 below 4 MB"))
                }
            }
        }
        let mut sources = self.sources.clone();
        sources.extend(texts.into_iter().map(|(file, text)| Source { file, text, built_in: false }));
        let (profiles, more) = Self::of(sources, registers);
        errors.extend(more);
        (profiles, errors)
    }

    fn of(sources: Vec<Source>, registers: Vec<Arc<Register>>) -> (Self, Vec<ProfileError>) {
        let mut errors = Vec::new();
        let mut parsed: Vec<Parsed> = Vec::new();
        let mut kept: Vec<Source> = Vec::new();
        let mut places: HashMap<Framework, usize> = HashMap::new();
        // The profiles whose place another of their name took, by that place.
        let mut replaced: HashMap<usize, (Parsed, Source)> = HashMap::new();
        for source in sources {
            match parse::profile(&source.file, &source.text, source.built_in) {
                Ok(profile) => match places.get(&profile.profile.name) {
                    Some(&at) => {
                        let before = (
                            std::mem::replace(&mut parsed[at], profile),
                            std::mem::replace(&mut kept[at], source),
                        );
                        replaced.insert(at, before);
                    }
                    None => {
                        places.insert(profile.profile.name.clone(), parsed.len());
                        parsed.push(profile);
                        kept.push(source);
                    }
                },
                Err(error) => errors.push(error),
            }
        }
        // One that cannot be used gives its place back: others may extend it.
        for at in 0..parsed.len() {
            if let Err(error) = resolve(&parsed[at], &parsed, &places, &registers)
                && let Some((before, source)) = replaced.remove(&at)
            {
                (parsed[at], kept[at]) = (before, source);
                errors.push(ProfileError {
                    cure: format!("{}; until then the built-in one is used", error.cure),
                    ..error
                });
            }
        }
        let mut profiles = Vec::new();
        let mut complete = Vec::new();
        for (one, source) in parsed.iter().zip(kept) {
            match resolve(one, &parsed, &places, &registers) {
                Ok(profile) => {
                    profiles.push(Arc::new(profile));
                    complete.push(source);
                }
                Err(error) => errors.push(error),
            }
        }
        let texts = complete.iter().map(|source| (source.file.as_str(), source.text.as_str()));
        let hash = hash_of(texts, registers.iter().map(|register| (register.name(), *register.hash())));
        let general = profiles.iter().find(|profile| profile.name == GENERAL).cloned();
        let general = general.unwrap_or_else(|| Arc::new(Profile::empty()));
        let themes = themes(&profiles);
        (Self { profiles, registers, sources: complete, general, themes, hash }, errors)
    }

    /// Every profile, in the order in which they were given.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Profile>> {
        self.profiles.iter()
    }

    /// The profile of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<Profile>> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// The profile by which reports are read that no other recognises.
    #[must_use]
    pub fn general(&self) -> &Arc<Profile> {
        &self.general
    }

    /// The themes that headings can have by any of the profiles, in the order of their names.
    pub fn themes(&self) -> impl Iterator<Item = &str> + Clone {
        self.themes.keys().map(String::as_str)
    }

    /// True if a heading has the theme by its own words, by any of the profiles.
    #[must_use]
    pub fn has_theme(&self, heading: &str, theme: &str) -> bool {
        let is_in = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.is_in(heading));
        let mut rules = self.themes.get(theme).into_iter().flatten();
        rules.any(|rules| is_in(&rules.any) && !is_in(&rules.unless))
    }

    /// Every register.
    pub fn registers(&self) -> impl Iterator<Item = &Arc<Register>> {
        self.registers.iter()
    }

    /// The register of that name.
    #[must_use]
    pub fn register(&self, name: &str) -> Option<&Arc<Register>> {
        self.registers.iter().find(|register| register.name() == name)
    }

    /// The text of a profile as written, with the name of its file.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<(&str, &str)> {
        let place = self.profiles.iter().position(|profile| profile.name == name)?;
        self.sources.get(place).map(|source| (source.file.as_str(), source.text.as_str()))
    }

    /// The texts of all profiles and registers, by which another process makes the same set: see
    /// [`from_texts`](Self::from_texts).
    #[must_use]
    pub fn texts(&self) -> ProfileTexts {
        let profiles = self.sources.iter().map(|source| (source.file.clone(), source.text.clone()));
        let registers =
            self.registers.iter().map(|register| (register.name().to_owned(), register.text().to_owned()));
        (profiles.collect(), registers.collect())
    }

    /// The set with exactly these profiles and registers. What is wrong with one costs that one alone.
    #[must_use]
    pub fn from_texts(profiles: Vec<(String, String)>, registers: &[(String, String)]) -> Self {
        let registers =
            registers.iter().filter_map(|(name, text)| Register::parse(name, text).ok()).map(Arc::new);
        let known = |file: &str, text: &str| built_in::PROFILES.contains(&(file, text));
        let sources =
            profiles.into_iter().map(|(file, text)| Source { built_in: known(&file, &text), file, text });
        Self::of(sources.collect(), registers.collect()).0
    }

    /// The [hash](Self::hash) of the built-in set, without parsing it.
    #[must_use]
    pub fn built_in_hash() -> [u8; 16] {
        static HASH: OnceLock<[u8; 16]> = OnceLock::new();
        *HASH.get_or_init(|| {
            let registers = built_in::REGISTERS
                .iter()
                .map(|(name, text)| (*name, *blake3::hash(text.as_bytes()).as_bytes()));
            hash_of(built_in::PROFILES.into_iter(), registers)
        })
    }

    /// A hash of all profiles and registers: equal hashes read equal files into equal reports.
    #[must_use]
    pub fn hash(&self) -> [u8; 16] {
        self.hash
    }
}

/// A hash of profiles (name of the file and text) and of the texts of registers.
fn hash_of<'t>(
    profiles: impl Iterator<Item = (&'t str, &'t str)>,
    registers: impl Iterator<Item = (&'t str, [u8; 32])>,
) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for (file, text) in profiles {
        hasher.update(&(file.len() as u64).to_le_bytes()).update(file.as_bytes());
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    for (name, hash) in registers {
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(&hash);
    }
    let mut hash = [0; 16];
    // The first bytes of the extended output are those of the plain hash.
    hasher.finalize_xof().fill(&mut hash);
    hash
}

/// The patterns of headings with a theme, by theme.
fn themes(profiles: &[Arc<Profile>]) -> BTreeMap<String, Vec<HeadingRules>> {
    let mut themes: BTreeMap<String, Vec<HeadingRules>> = BTreeMap::new();
    for profile in profiles {
        let none = profile.rules.sections.without_theme.clone().unwrap_or_default();
        let areas = profile.rules.areas.iter().flatten();
        let areas =
            areas.filter_map(|area| Some((area.theme.as_ref()?, area.labels.clone(), area.unless.clone())));
        let named = profile.rules.sections.themes.iter().flatten();
        let named = named.map(|(pattern, theme)| (theme, vec![pattern.clone()], Vec::new()));
        for (theme, any, mut unless) in areas.chain(named) {
            unless.extend(none.iter().cloned());
            let rules = themes.entry(theme.clone()).or_default();
            let one = HeadingRules { any, unless };
            // Profiles share rules with those that they extend.
            if !rules.contains(&one) {
                rules.push(one);
            }
        }
    }
    themes
}

/// The profile with the rules of those it extends, and of the general one.
fn resolve(
    one: &Parsed,
    all: &[Parsed],
    places: &HashMap<Framework, usize>,
    registers: &[Arc<Register>],
) -> Result<Profile, ProfileError> {
    let mut profile = one.profile.clone();
    let error = |message: String, cure: String, line: Option<usize>| {
        let error = ProfileError::new(&one.profile.file, message, cure);
        line.map_or(error.clone(), |line| error.at_line(line))
    };
    let mut next = one.extends.clone();
    let mut chain = 0;
    while let Some((name, line)) = next.take() {
        chain += 1;
        let base = places.get(name.as_str()).and_then(|&at| all.get(at));
        let Some(base) = base.filter(|_| chain <= LONGEST_CHAIN) else {
            let line = (chain == 1).then_some(line);
            return Err(match base {
                Some(_) => error(
                    "the profile extends itself, through those that it extends".to_owned(),
                    "remove one of the keys extends".to_owned(),
                    line,
                ),
                None => error(
                    format!("there is no profile {name} to extend"),
                    "quotable profile list shows those that there are".to_owned(),
                    line,
                ),
            });
        };
        profile.rules = profile.rules.or(&base.profile.rules);
        profile.inspectorate = profile.inspectorate.or_else(|| base.profile.inspectorate.clone());
        if profile.voice.is_empty() {
            profile.voice.clone_from(&base.profile.voice);
        }
        next.clone_from(&base.extends);
    }
    if let Some(general) = places.get(GENERAL).and_then(|&at| all.get(at)) {
        profile.rules = profile.rules.or(&general.profile.rules);
    }
    for judgement in profile.rules.judgements.iter().flatten() {
        if profile.rules.scale(&judgement.scale).is_none() {
            let known: Vec<&str> = profile.rules.scales.iter().map(|scale| scale.name.as_str()).collect();
            let cure = format!("add [scales.{}], or name one of {}", judgement.scale, known.join(", "));
            return Err(error(format!("there is no scale {}", judgement.scale), cure, None));
        }
    }
    // A register of none: the name keeps the one of the base away.
    profile.rules.register.take_if(|name| *name == NO_REGISTER);
    if let Some(name) = &profile.rules.register
        && registers.iter().all(|register| register.name() != name)
    {
        let cure = format!("put {name}.csv beside the profile");
        return Err(error(format!("there is no register {name}"), cure, None));
    }
    Ok(profile)
}

/// Reads a file of reasonable size.
fn read(file: &Path) -> Result<String, String> {
    const LARGEST: u64 = 4 << 20;
    let length = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if length > LARGEST {
        return Err("the file is too large".to_owned());
    }
    std::fs::read_to_string(file).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> (Profiles, Vec<ProfileError>) {
        Profiles::built_in().with([("mine.toml".to_owned(), text.to_owned())])
    }

    #[test]
    fn every_built_in_profile_and_register_is_right() {
        let sources = built_in::PROFILES.map(|(file, text)| Source {
            file: file.to_owned(),
            text: text.to_owned(),
            // So that every pattern is compiled.
            built_in: false,
        });
        let registers =
            built_in::REGISTERS.map(|(name, text)| Arc::new(Register::parse(name, text).unwrap()));
        let (profiles, errors) = Profiles::of(sources.to_vec(), registers.to_vec());
        assert_eq!((errors, profiles.profiles.len()), (Vec::new(), built_in::PROFILES.len()));
        assert_eq!(Profiles::built_in_hash(), Profiles::built_in().hash());
        for profile in profiles.iter() {
            assert_eq!(format!("{}.toml", profile.name), profile.file, "a profile is called like its file");
        }
    }

    #[test]
    fn errors_name_file_line_and_cure_and_cost_one_profile() {
        for (text, wanted) in [
            ("nome = 'a'", "mine.toml, line 1: unknown field `nome`"),
            (
                "name = 'a'\n[recognise]\nall = ['(']",
                "mine.toml, line 3: the pattern is not valid: unclosed group",
            ),
            ("name = 'a'\n[recognise]\nany = []", "mine.toml, line 1: the profile would claim every report"),
            ("name = 'a'\nextends = 'b'", "mine.toml, line 2: there is no profile b to extend"),
            ("name = 'a'\n[dates]\npublished = [{ words = 2 }]", "mine.toml: a rule needs one place"),
            (
                "name = 'a'\n[numbers]\nparagraph = ['^1']",
                "mine.toml, line 3: the pattern of a number has no group n",
            ),
            ("name = 'a'\n[[judgements]]\nhow = ['row']\nscale = 'x'", "mine.toml: there is no scale x"),
            (
                "name = 'a'\n[authority]\nregister = 'x'",
                "mine.toml: there is no register x; put x.csv beside the profile",
            ),
            ("name = 'a'\nname = 'b'", "mine.toml, line 2: duplicate key"),
        ] {
            let (profiles, errors) = with(text);
            assert_eq!(errors.len(), 1, "{text}");
            assert!(errors[0].to_string().starts_with(wanted), "{} for {text}", errors[0]);
            assert_eq!(profiles.profiles.len(), built_in::PROFILES.len());
        }
    }

    #[test]
    fn a_profile_replaces_one_of_its_name_and_changes_the_hash() {
        let before = Profiles::built_in();
        let (after, errors) = with("name = 'sif'\ntitle = 'Mine'\nextends = 'ilacs'");
        assert!(errors.is_empty());
        assert_eq!(after.named("sif").unwrap().title.as_deref(), Some("Mine"));
        assert_eq!(after.profiles.len(), before.profiles.len());
        assert_ne!(after.hash(), before.hash());
        let (texts, registers) = after.texts();
        assert_eq!(Profiles::from_texts(texts, &registers).hash(), after.hash());
    }

    #[test]
    fn a_profile_that_cannot_be_used_gives_its_place_back() {
        let (profiles, errors) = with("name = 'ofsted-send'\nextends = 'nosuch'\n[recognise]\nall = ['x']");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].to_string().contains("until then the built-in one is used"), "{}", errors[0]);
        assert_eq!(profiles.hash(), Profiles::built_in().hash());
    }

    #[test]
    fn the_hash_holds_the_names_of_registers() {
        let register = |name: &str| Register::parse(name, "name\nA\n").unwrap();
        let one = Profiles::built_in().with_register(register("one"));
        assert_ne!(one.hash(), Profiles::built_in().with_register(register("two")).hash());
    }

    #[test]
    fn what_a_profile_leaves_out_is_that_of_the_one_it_extends() {
        let (profiles, errors) = with("name = 'mine'\nextends = 'ilacs'\n[imprint]\nfrom = ['^The end']");
        assert!(errors.is_empty(), "{errors:?}");
        let mine = profiles.named("mine").unwrap();
        let base = profiles.named("ilacs").unwrap();
        assert_eq!(mine.rules.areas, base.rules.areas);
        assert_eq!(mine.rules.imprint.as_ref().unwrap().len(), 1);
        assert_eq!(mine.inspectorate.as_deref(), Some("Ofsted"));
        let (_, errors) = with("name = 'mine'\nextends = 'mine'");
        assert!(errors[0].message.contains("extends itself"));
    }
}
