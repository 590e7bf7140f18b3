//! Links within the site.

/// A link with its parameters; those without a value are left out.
pub(crate) fn link(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut link = path.to_owned();
    for (at, (name, value)) in parameters.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
        link.push(if at == 0 { '?' } else { '&' });
        link.push_str(name);
        link.push('=');
        push_encoded(value, &mut link);
    }
    link
}

/// A part of a path or the value of a parameter, with every other sign than letters, digits and `-._~` encoded.
pub(crate) fn push_encoded(text: &str, link: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_and_empty_ones_left_out() {
        let parameters = [("q", "\"care leavers\" & é"), ("year", ""), ("sort", "date")];
        assert_eq!(link("/", &parameters), "/?q=%22care%20leavers%22%20%26%20%C3%A9&sort=date");
        assert_eq!(link("/", &[("year", "")]), "/");
    }
}
