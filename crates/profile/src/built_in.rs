//! The profiles and registers that come with the crate.

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("built_in/", $file)))),*]
    };
}

/// The file name and text of each profile. A profile comes after those that it extends.
pub(crate) const PROFILES: [(&str, &str); 7] = files![
    "general.toml",
    "ofsted-childrens-services.toml",
    "looked-after-2013.toml",
    "sif.toml",
    "sif-reinspection.toml",
    "lscb-review.toml",
    "ilacs.toml",
];

/// The name and text of each register.
pub(crate) const REGISTERS: [(&str, &str); 1] =
    [("english-local-authorities", include_str!("registers/english-local-authorities.csv"))];
