//! A point in time.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use quotable_report::Date;
use serde::{Deserialize, Serialize};

/// A point in time, to the second. `Display` is `2026-11-22 16:10 UTC`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(u64);

impl Moment {
    /// The moment so many seconds after the beginning of 1970, UTC.
    pub fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Now, by the clock of the system.
    pub fn now() -> Self {
        Self(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs())
    }

    /// Seconds since the beginning of 1970, UTC.
    pub fn seconds(self) -> u64 {
        self.0
    }

    /// The day, in UTC; `None` past the year 9999.
    pub fn day(self) -> Option<Date> {
        // Days to a civil date: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
        let days = self.0 / 86_400 + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.0 / 3600 % 24, self.0 / 60 % 60);
        match self.day() {
            Some(day) => write!(f, "{day} {hour:02}:{minute:02} UTC"),
            None => write!(f, "{} seconds after 1970", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn known_moments() {
        assert_eq!(Moment::from_seconds(0).to_string(), "1970-01-01 00:00 UTC");
        assert_eq!(Moment::from_seconds(951_782_400).to_string(), "2000-02-29 00:00 UTC");
        assert_eq!(Moment::from_seconds(1_795_363_860).to_string(), "2026-11-22 16:11 UTC");
    }
}
