//! What is taken as a redirect URI, and above all what is not.

use proptest::prelude::*;
use tallyport_domain::redirect_uri::InvalidRedirectUri as Refusal;
use tallyport_domain::redirect_uri::{InvalidRedirectUris, REDIRECT_URIS_MAX, RedirectUri, RedirectUris};

fn refusal(text: &str) -> Option<Refusal> {
    text.parse::<RedirectUri>().err()
}

#[test]
fn exact_https_and_loopback_addresses_are_taken_as_they_are() {
    for text in [
        "https://shop.example/",
        "https://shop.example/callback",
        "https://shop.example:8443/a/b?x=1&y=%2F",
        "https://xn--fiqs8s.example/%E5%9B%9E%E8%B0%83",
        "https://192.0.2.7/cb",
        "https://[2001:db8::1]:8443/cb",
        "http://localhost:3000/cb",
        "http://127.0.0.1/cb",
        "http://127.0.0.2:8080/cb",
        "http://[::1]:8080/cb",
    ] {
        assert_eq!(refusal(text), None, "{text}");
        assert_eq!(text.parse::<RedirectUri>().unwrap().as_str(), text);
    }
}

#[test]
fn everything_else_is_refused_by_name() {
    for (text, expected) in [
        ("", Refusal::NotAbsolute),
        ("/callback", Refusal::NotAbsolute),
        ("//shop.example/cb", Refusal::NotAbsolute),
        ("https:/shop.example/cb", Refusal::NotAbsolute),
        ("https:///cb", Refusal::NotAbsolute),
        ("javascript://shop.example/%0Aalert(1)", Refusal::NotAbsolute),
        ("data:text/html,x", Refusal::NotAbsolute),
        ("myapp://callback", Refusal::NotAbsolute),
        ("http://shop.example/cb", Refusal::HttpBeyondLoopback),
        ("http://localhost.shop.example/cb", Refusal::HttpBeyondLoopback),
        ("http://128.0.0.1/cb", Refusal::HttpBeyondLoopback),
        ("http://[2001:db8::1]/cb", Refusal::HttpBeyondLoopback),
        ("https://shop.example/cb#x", Refusal::Fragment),
        ("https://shop.example/cb#", Refusal::Fragment),
        ("https://user@shop.example/cb", Refusal::UserInformation),
        ("https://shop.example:x@evil.example/cb", Refusal::UserInformation),
        ("https://*.shop.example/cb", Refusal::Wildcard),
        ("https://shop.example/*", Refusal::Wildcard),
        ("https://shop.example:0/cb", Refusal::Host),
        ("https://shop.example:65536/cb", Refusal::Host),
        ("https://shop.example:/cb", Refusal::Host),
        ("https://-shop.example/cb", Refusal::Host),
        ("https://shop..example/cb", Refusal::Host),
        ("https://shop.example./cb", Refusal::Host),
        ("https://shop_1.example/cb", Refusal::Host),
        ("https://中文.example/cb", Refusal::Host),
        ("https://127.1/cb", Refusal::Host),
        ("https://0x7f.0.0.0x1/cb", Refusal::Host),
        ("https://2130706433/cb", Refusal::Host),
        ("https://[::1/cb", Refusal::Host),
        ("https://[::1]x/cb", Refusal::Host),
        ("HTTPS://shop.example/cb", Refusal::NotNormal),
        ("https://Shop.example/cb", Refusal::NotNormal),
        ("https://shop.example", Refusal::NotNormal),
        ("https://shop.example?x=1", Refusal::NotNormal),
        ("https://shop.example:443/cb", Refusal::NotNormal),
        ("https://shop.example:08443/cb", Refusal::NotNormal),
        ("http://localhost:80/cb", Refusal::NotNormal),
        ("https://[2001:0db8::1]/cb", Refusal::NotNormal),
        ("https://shop.example/a/../cb", Refusal::NotNormal),
        ("https://shop.example/./cb", Refusal::NotNormal),
        ("https://shop.example/%2e%2e/cb", Refusal::NotNormal),
        ("https://shop.example/%2E%2E/cb", Refusal::NotNormal),
        ("https://shop.example/%e5", Refusal::NotNormal),
        ("https://shop.example/%41", Refusal::NotNormal),
        ("https://shop.example/a b", Refusal::Character),
        ("https://shop.example/回调", Refusal::Character),
        ("https://shop.example/%", Refusal::Character),
        ("https://shop.example/%4", Refusal::Character),
        ("https://shop.example/%zz", Refusal::Character),
        ("https://shop.example/\\evil", Refusal::Character),
        ("https://shop.example\\@evil.example/", Refusal::Character),
        ("https://shop.example/\"><script>", Refusal::Character),
        ("https://shop.example/cb\r\nSet-Cookie: a=b", Refusal::Character),
        ("https://shop.example/\0", Refusal::Character),
    ] {
        assert_eq!(refusal(text), Some(expected), "{text:?}");
    }
    assert_eq!(refusal(&format!("https://shop.example/{}", "a".repeat(500))), Some(Refusal::TooLong));
}

#[test]
fn a_list_is_read_line_by_line_and_compared_exactly() {
    let list: RedirectUris = " https://a.example/cb \r\n\nhttps://a.example/cb\nhttp://localhost/\n".parse().unwrap();
    assert_eq!(list.to_string(), "https://a.example/cb\nhttp://localhost/");
    assert_eq!(list.to_string().parse(), Ok(list.clone()));
    assert!(list.contain("https://a.example/cb"));
    for near in ["https://a.example/cb/", "https://a.example/CB", "https://a.example/cb?x", "https://a.example/c", ""] {
        assert!(!list.contain(near), "{near}");
    }
    let refused = "https://a.example/cb\nhttp://b.example/".parse::<RedirectUris>();
    let line = "http://b.example/".to_owned();
    assert_eq!(refused, Err(InvalidRedirectUris::Line { line, why: Refusal::HttpBeyondLoopback }));
    let many: Vec<String> = (0..=REDIRECT_URIS_MAX).map(|number| format!("https://a.example/{number}")).collect();
    assert_eq!(many.join("\n").parse::<RedirectUris>(), Err(InvalidRedirectUris::TooMany));
    assert!(many[1..].join("\n").parse::<RedirectUris>().is_ok());
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "(https?://)?.{0,40}") {
        let _ = text.parse::<RedirectUri>();
        let _ = text.parse::<RedirectUris>();
    }

    #[test]
    fn what_is_taken_is_visible_ascii_without_traps(text in "https?://[a-zA-Z0-9.:@\\[\\]-]{0,20}[/?#%\\\\*a-zA-Z0-9. ]{0,20}") {
        if let Ok(uri) = text.parse::<RedirectUri>() {
            prop_assert!(uri.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert!(!uri.as_str().contains(['#', '*', '\\']));
            let authority = uri.as_str().split('/').nth(2).unwrap_or_default();
            prop_assert!(!authority.contains('@'));
        }
    }
}
