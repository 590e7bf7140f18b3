//! Who is answered, and by what the browser is bound.

use quotable_serve::{Server, Settings};

use crate::site::Site;

#[test]
fn every_answer_binds_the_browser() {
    let site = Site::new();
    for path in [
        "/",
        "/?q=herons",
        "/check",
        "/corpus",
        "/nothing",
        "/api/status",
        "/assets/page.js",
        "/download/hits.csv?q=herons",
    ] {
        let answer = site.get(path);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn another_name_for_this_machine_is_refused() {
    let site = Site::new();
    let ask = |host: &str| {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        site.send(request.as_bytes()).unwrap()
    };
    assert_eq!(ask(&site.host()).status, 200);
    for host in ["evil.example", "127.0.0.1", "localhost", "evil.example@127.0.0.1", ""] {
        let answer = ask(host);
        assert_ne!(answer.status, 200, "{host}");
        assert!(!answer.text().contains("paragraphs"), "{host}");
    }
    let named =
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", site.host());
    assert_ne!(site.send(named.as_bytes()).unwrap().status, 200);
}

#[test]
fn a_form_of_another_site_is_refused() {
    let site = Site::new();
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let refresh = |headers: &str, body: &str| {
        site.post("/corpus/refresh", &format!("{form}{headers}"), body.as_bytes()).status
    };
    let token = site.token();
    let good = format!("token={token}");
    let own = format!("Origin: http://{}\r\n", site.host());
    assert_eq!(refresh(&own, &good), 303);
    assert_eq!(refresh("", &good), 303);
    for origin in ["Origin: http://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        assert_eq!(refresh(origin, &good), 403, "{origin}");
    }
    for wrong in ["", "token=", "token=0123", "other=1"] {
        assert_eq!(refresh(&own, wrong), 403, "{wrong}");
    }
}

#[test]
fn other_machines_need_a_password() {
    let index = quotable::Index::in_memory().unwrap();
    let everywhere = "0.0.0.0:0".parse().unwrap();
    assert!(Server::bind(Settings::new(index.clone()).listen(everywhere)).is_err());
    assert!(Server::bind(Settings::new(index).listen(everywhere).password(Some(String::new()))).is_err());
    let site = Site::with(|settings| settings.password(Some("sesame".to_owned())));
    let ask = |headers: &str| {
        let request =
            format!("GET / HTTP/1.1\r\nHost: reports.example\r\nConnection: close\r\n{headers}\r\n");
        site.send(request.as_bytes()).unwrap()
    };
    let refused = ask("");
    assert_eq!(refused.status, 401);
    assert!(refused.header("www-authenticate").starts_with("Basic"));
    assert_eq!(ask("Authorization: Basic eDpzZXNhbWU=\r\n").status, 200);
    assert_eq!(ask("Authorization: Basic eDpzZXNhbQ==\r\n").status, 401);
}
