//! What kind of device somebody uses, in the few words that a person recognises it by. Read from a
//! `User-Agent`, which anybody may forge: for showing, never for deciding.

use std::fmt;
use std::str::FromStr;

use crate::UnknownText;
use crate::text_enum::text_enum;

text_enum! {
    /// The program.
    Browser {
        /// Microsoft Edge.
        Edge => "edge",
        /// Opera.
        Opera => "opera",
        /// Samsung Internet.
        Samsung => "samsung",
        /// The browser inside of WeChat.
        WeChat => "wechat",
        /// Mozilla Firefox.
        Firefox => "firefox",
        /// Google Chrome, and what looks just like it.
        Chrome => "chrome",
        /// Apple Safari.
        Safari => "safari",
        /// curl.
        Curl => "curl",
        /// Something else, or nothing was said.
        Unknown => "unknown",
    }
}

text_enum! {
    /// What the program runs on.
    System {
        /// An iPhone.
        IPhone => "iphone",
        /// An iPad.
        IPad => "ipad",
        /// Android.
        Android => "android",
        /// HarmonyOS.
        Harmony => "harmony",
        /// Windows.
        Windows => "windows",
        /// macOS.
        MacOs => "macos",
        /// ChromeOS.
        ChromeOs => "chromeos",
        /// Linux.
        Linux => "linux",
        /// Something else, or nothing was said.
        Unknown => "unknown",
    }
}

/// What a text says about the program: the first that matches counts, because most programs name
/// those they want to be mistaken for as well.
const BROWSERS: [(&str, Browser); 15] = [
    ("MicroMessenger/", Browser::WeChat),
    ("EdgA/", Browser::Edge),
    ("EdgiOS/", Browser::Edge),
    ("Edg/", Browser::Edge),
    ("OPR/", Browser::Opera),
    ("OPT/", Browser::Opera),
    ("SamsungBrowser/", Browser::Samsung),
    ("FxiOS/", Browser::Firefox),
    ("Firefox/", Browser::Firefox),
    ("CriOS/", Browser::Chrome),
    ("HeadlessChrome/", Browser::Chrome),
    ("Chrome/", Browser::Chrome),
    ("Chromium/", Browser::Chrome),
    ("Safari/", Browser::Safari),
    ("curl/", Browser::Curl),
];

/// The same for what it runs on.
const SYSTEMS: [(&str, System); 10] = [
    ("iPhone", System::IPhone),
    ("iPad", System::IPad),
    ("OpenHarmony", System::Harmony),
    ("HarmonyOS", System::Harmony),
    ("Android", System::Android),
    ("Windows", System::Windows),
    ("CrOS", System::ChromeOs),
    ("Macintosh", System::MacOs),
    ("Linux", System::Linux),
    ("X11", System::Linux),
];

/// Longer texts are cut before they are read.
const USER_AGENT_BYTES_MAX: usize = 1024;

/// A program on a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// The program.
    pub browser: Browser,
    /// What it runs on.
    pub system: System,
}

impl Device {
    /// A device about which nothing was said.
    pub const UNKNOWN: Self = Self { browser: Browser::Unknown, system: System::Unknown };

    /// Reads a `User-Agent` (RFC 9110, 10.1.5).
    #[must_use]
    pub fn of_user_agent(text: &str) -> Self {
        let mut end = text.len().min(USER_AGENT_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        Self {
            browser: first(&BROWSERS, text).unwrap_or(Browser::Unknown),
            system: first(&SYSTEMS, text).unwrap_or(System::Unknown),
        }
    }
}

impl Default for Device {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

fn first<T: Copy>(known: &[(&str, T)], text: &str) -> Option<T> {
    known.iter().find(|(mark, _)| text.contains(mark)).map(|(_, value)| *value)
}

impl fmt::Display for Device {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.browser.as_str(), self.system.as_str())
    }
}

impl FromStr for Device {
    type Err = UnknownText;

    /// Reads what [`fmt::Display`] writes. An empty text is a device about which nothing was said.
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        if text.is_empty() {
            return Ok(Self::UNKNOWN);
        }
        let (browser, system) = text.split_once('/').ok_or(UnknownText { kind: "Device" })?;
        Ok(Self { browser: browser.parse()?, system: system.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_browsers_are_recognised() {
        for (text, browser, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
                Browser::Edge,
                System::Windows,
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", Browser::Firefox, System::Linux),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                Browser::Safari,
                System::MacOs,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1",
                Browser::Chrome,
                System::IPhone,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.49",
                Browser::WeChat,
                System::Android,
            ),
            ("curl/8.8.0", Browser::Curl, System::Unknown),
            ("", Browser::Unknown, System::Unknown),
        ] {
            assert_eq!(Device::of_user_agent(text), Device { browser, system }, "{text}");
        }
    }

    #[test]
    fn text_form_is_read_back() {
        for browser in Browser::ALL {
            for system in System::ALL {
                let device = Device { browser: *browser, system: *system };
                assert_eq!(device.to_string().parse(), Ok(device));
            }
        }
        assert_eq!("".parse(), Ok(Device::UNKNOWN));
        assert!("<script>/linux".parse::<Device>().is_err());
    }

    #[test]
    fn an_endless_text_is_cut_and_never_in_the_middle_of_a_character() {
        let long = format!("{}支Firefox/1", "x".repeat(USER_AGENT_BYTES_MAX - 1));
        assert_eq!(Device::of_user_agent(&long), Device::UNKNOWN);
    }
}
