//! Texts of the page of a sandbox's clock.

/// Texts of the clock.
pub(crate) struct ClockTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) shows: &'static str,
    pub(crate) platform: &'static str,
    pub(crate) running: &'static str,
    pub(crate) frozen: &'static str,
    pub(crate) move_it: &'static str,
    pub(crate) by: &'static str,
    pub(crate) advance: &'static str,
    pub(crate) freeze: &'static str,
    pub(crate) run: &'static str,
    pub(crate) never_back: &'static str,
    pub(crate) moved: &'static str,
    pub(crate) too_far: &'static str,
    pub(crate) meanwhile: &'static str,
    /// In the order of the page's steps.
    pub(crate) steps: [&'static str; 6],
}

pub(super) const EN: ClockTexts = ClockTexts {
    title: "Sandbox clock",
    lead: "The time that this application's sandbox goes by. Payments expire, unknown outcomes are asked about and holds end by it.",
    shows: "The sandbox's time",
    platform: "The platform's time",
    running: "Running",
    frozen: "Standing still",
    move_it: "Move the clock",
    by: "Move it ahead by",
    advance: "Move ahead",
    freeze: "Let it stand still",
    run: "Let it go on",
    never_back: "A clock never goes back. Only this application's sandbox is concerned.",
    moved: "The clock was moved",
    too_far: "The clock would be more than ten years ahead of the platform's.",
    meanwhile: "Somebody moved the clock meanwhile, so nothing was done. Look at what it shows now.",
    steps: ["1 minute", "15 minutes", "1 hour", "1 day", "7 days", "30 days"],
};

pub(super) const ZH: ClockTexts = ClockTexts {
    title: "沙箱时钟",
    lead: "该应用的沙箱所采用的时间。支付过期、对未知结果的查询以及冻结的结束都以此为准。",
    shows: "沙箱时间",
    platform: "平台时间",
    running: "运行中",
    frozen: "已停住",
    move_it: "调整时钟",
    by: "调快",
    advance: "调快时钟",
    freeze: "停住时钟",
    run: "继续运行",
    never_back: "时钟不会倒退，且只影响该应用的沙箱。",
    moved: "时钟已调整",
    too_far: "时钟将比平台时间快十年以上。",
    meanwhile: "有人在此期间调整了时钟，因此未做任何改动。请查看当前显示的时间。",
    steps: ["1 分钟", "15 分钟", "1 小时", "1 天", "7 天", "30 天"],
};
