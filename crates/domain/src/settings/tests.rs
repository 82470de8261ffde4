use super::*;

#[test]
fn every_setting_takes_back_what_it_says() {
    let settings = Settings::default();
    for setting in Setting::ALL {
        let text = settings.text(*setting);
        assert_eq!(settings.clone().with(*setting, &text), Ok(settings.clone()), "{}", setting.as_str());
    }
}

#[test]
fn numbers_keep_to_their_bounds() {
    for setting in Setting::ALL {
        let SettingKind::Number { min, max } = setting.spec().kind else { continue };
        for fits in [min, max] {
            assert!(Settings::default().with(*setting, &fits.to_string()).is_ok(), "{}", setting.as_str());
        }
        for text in [(min - 1).to_string(), (u64::from(max) + 1).to_string(), String::new(), "1.0".into(), "-1".into()]
        {
            let fault = Settings::default().with(*setting, &text).unwrap_err();
            assert_eq!(fault, SettingFault::Number { min, max }, "{} {text}", setting.as_str());
        }
    }
}

#[test]
fn a_choice_is_one_of_its_words() {
    for word in ["open", "invitation", "closed"] {
        assert_eq!(Settings::default().with(Setting::SignUp, word).unwrap().sign_up.as_str(), word);
    }
    for text in ["", "OPEN", "open ;", "<b>"] {
        assert!(Settings::default().with(Setting::SignUp, text).is_err(), "{text}");
    }
}

#[test]
fn a_link_cannot_run_anything() {
    for text in ["https://help.example", "https://help.example/a?b=c#d", "mailto:help@example.com", " https://a.b "] {
        assert!(Settings::default().with(Setting::SupportLink, text).is_ok(), "{text}");
    }
    assert_eq!(Settings::default().with(Setting::SupportLink, "").unwrap().support_link, None);
    for text in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "http://help.example",
        "//help.example",
        "https://",
        "https:///path",
        "https://me@evil.example",
        "https://a.b/\"onclick=alert(1)",
        "https://a.b/\tc",
        "https://a.b\\@evil.example",
        "mailto:@example.com",
        "mailto:help",
    ] {
        assert_eq!(Settings::default().with(Setting::SupportLink, text), Err(SettingFault::Link), "{text}");
    }
    assert!(Settings::default().with(Setting::TermsLink, &format!("https://a.b/{}", "x".repeat(500))).is_err());
}

#[test]
fn a_line_has_no_control_characters() {
    for text in ["a\nb", "a\u{7}", &"x".repeat(81)] {
        assert!(Settings::default().with(Setting::MailFromName, text).is_err(), "{text:?}");
    }
    for text in ["某支付机构", ""] {
        assert!(Settings::default().with(Setting::MailFromName, text).is_ok(), "{text:?}");
    }
}
