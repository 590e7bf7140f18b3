//! Arguments as they are written in the user's shell, for examples that can be copied.

/// A query as it is written in the user's shell.
pub(crate) fn quoted(query: &str) -> String {
    if cfg!(windows) {
        // Single quotation marks are for phrases too, and no shell there needs them escaped.
        format!("\"{}\"", query.replace('"', "'"))
    } else if query.contains('\'') {
        format!("'{}'", query.replace('\'', "’"))
    } else {
        format!("'{query}'")
    }
}

/// An argument as it is written in the user's shell: in quotation marks if it needs them.
pub(crate) fn quoted_if_needed(argument: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./:,=@%+".contains(letter);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{}\"", argument.replace('"', "'"));
    }
    // As the shells of POSIX have it: a quotation mark inside ends the quoted part, and is escaped between two.
    format!("'{}'", argument.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn arguments_can_be_copied_into_a_shell() {
        assert_eq!(quoted_if_needed("reports/2018"), "reports/2018");
        assert_eq!(quoted_if_needed("my reports"), "'my reports'");
        assert_eq!(quoted_if_needed("children's; ls"), "'children'\\''s; ls'");
        assert_eq!(quoted("\"care leavers\""), "'\"care leavers\"'");
    }
}
