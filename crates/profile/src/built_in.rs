//! The profiles and registers that come with the crate.

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("built_in/", $file)))),*]
    };
}

/// The file name and text of each profile. A profile comes after those that it extends.
pub(crate) const PROFILES: [(&str, &str); 33] = files![
    "general.toml",
    "ofsted-childrens-services.toml",
    "atsb.toml",
    "care-inspectorate.toml",
    "cqc-assessment.toml",
    "cqc-local-authority.toml",
    "cqc-location.toml",
    "estyn.toml",
    "hiqa-designated-centre.toml",
    "hmi-probation.toml",
    "hmicfrs-fire.toml",
    "hmicfrs-police.toml",
    "hmip-prison.toml",
    "hmip-progress-review.toml",
    "hmip-scrutiny-visit.toml",
    "ilacs.toml",
    "looked-after-2013.toml",
    "lscb-review.toml",
    "ofsted-childrens-home.toml",
    "ofsted-early-years.toml",
    "ofsted-focused-visit.toml",
    "ofsted-further-education.toml",
    "ofsted-school-2015.toml",
    "ofsted-school-2019.toml",
    "ofsted-school-report-card.toml",
    "ofsted-send-monitoring.toml",
    "ofsted-send.toml",
    "sif-reinspection.toml",
    "sif.toml",
    "taic.toml",
    "uk-public-inquiry.toml",
    "uk-select-committee.toml",
    "us-mdhhs.toml",
];

/// The name and text of each register.
pub(crate) const REGISTERS: [(&str, &str); 1] =
    [("english-local-authorities", include_str!("registers/english-local-authorities.csv"))];
