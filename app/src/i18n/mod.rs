//! Every text of the portal, in every language.
//!
//! One file per area, each with its struct and one constant per language, so a missing entry does
//! not compile and the two texts of an entry are read side by side.

pub(crate) mod account;
pub(crate) mod admin;
pub(crate) mod admin_audit;
pub(crate) mod admin_channels;
pub(crate) mod admin_lists;
pub(crate) mod admin_money;
pub(crate) mod admin_operations;
pub(crate) mod admin_person;
pub(crate) mod admin_plans;
pub(crate) mod admin_platform;
pub(crate) mod applications;
pub(crate) mod approval;
pub(crate) mod chrome;
pub(crate) mod client_settings;
pub(crate) mod clock;
pub(crate) mod components;
pub(crate) mod console;
pub(crate) mod docs;
pub(crate) mod entrance;
pub(crate) mod fees;
pub(crate) mod forms;
pub(crate) mod holder;
pub(crate) mod keys;
pub(crate) mod landing;
pub(crate) mod money;
pub(crate) mod money_texts;
pub(crate) mod my_account;
pub(crate) mod number;
pub(crate) mod outcome;
pub(crate) mod payer;
pub(crate) mod permissions_page;
pub(crate) mod reference;
mod reference_front_door;
mod reference_money;
pub(crate) mod reference_texts;
pub(crate) mod review;
pub(crate) mod teams;
pub(crate) mod try_it;

use account::AccountTexts;
use admin::AdminTexts;
use admin_audit::AdminAuditTexts;
use admin_channels::AdminChannelsTexts;
use admin_lists::AdminListTexts;
use admin_money::AdminMoneyTexts;
use admin_operations::AdminOperationsTexts;
use admin_person::AdminPersonTexts;
use admin_plans::AdminPlanTexts;
use admin_platform::AdminPlatformTexts;
use applications::ApplicationTexts;
use approval::ApprovalTexts;
use chrome::ChromeTexts;
use client_settings::ClientSettingsTexts;
use clock::ClockTexts;
use components::ComponentTexts;
use console::ConsoleTexts;
use docs::DocsTexts;
use entrance::EntranceTexts;
use fees::FeeTexts;
use forms::FormTexts;
use holder::HolderTexts;
use keys::KeyTexts;
use landing::LandingTexts;
use money::MoneyTexts;
use my_account::MyAccountTexts;
use outcome::OutcomeTexts;
use payer::PayerTexts;
use permissions_page::PermissionsPageTexts;
use reference::ReferenceTexts;
use review::ReviewTexts;
use teams::TeamTexts;
use try_it::TryItTexts;

/// All texts of one language.
pub(crate) struct Texts {
    pub(crate) account: AccountTexts,
    pub(crate) admin: AdminTexts,
    pub(crate) admin_audit: AdminAuditTexts,
    pub(crate) admin_lists: AdminListTexts,
    pub(crate) admin_channels: AdminChannelsTexts,
    pub(crate) admin_operations: AdminOperationsTexts,
    pub(crate) admin_money: AdminMoneyTexts,
    pub(crate) admin_person: AdminPersonTexts,
    pub(crate) admin_plans: AdminPlanTexts,
    pub(crate) admin_platform: AdminPlatformTexts,
    pub(crate) approval: ApprovalTexts,
    pub(crate) applications: ApplicationTexts,
    pub(crate) chrome: ChromeTexts,
    pub(crate) clock: ClockTexts,
    pub(crate) components: ComponentTexts,
    pub(crate) console: ConsoleTexts,
    pub(crate) docs: DocsTexts,
    pub(crate) entrance: EntranceTexts,
    pub(crate) fees: FeeTexts,
    pub(crate) forms: FormTexts,
    pub(crate) keys: KeyTexts,
    pub(crate) client_settings: ClientSettingsTexts,
    pub(crate) holder: HolderTexts,
    pub(crate) landing: LandingTexts,
    pub(crate) money: MoneyTexts,
    pub(crate) my_account: MyAccountTexts,
    pub(crate) outcome: OutcomeTexts,
    pub(crate) payer: PayerTexts,
    pub(crate) permissions_page: PermissionsPageTexts,
    pub(crate) reference: ReferenceTexts,
    pub(crate) review: ReviewTexts,
    pub(crate) teams: TeamTexts,
    pub(crate) try_it: TryItTexts,
}

/// The portal in English.
pub(crate) static EN: Texts = Texts {
    account: account::EN,
    admin: admin::EN,
    admin_audit: admin_audit::EN,
    admin_lists: admin_lists::EN,
    admin_channels: admin_channels::EN,
    admin_operations: admin_operations::EN,
    admin_money: admin_money::EN,
    admin_person: admin_person::EN,
    admin_plans: admin_plans::EN,
    admin_platform: admin_platform::EN,
    approval: approval::EN,
    applications: applications::EN,
    chrome: chrome::EN,
    clock: clock::EN,
    components: components::EN,
    console: console::EN,
    docs: docs::EN,
    entrance: entrance::EN,
    fees: fees::EN,
    forms: forms::EN,
    keys: keys::EN,
    client_settings: client_settings::EN,
    holder: holder::EN,
    landing: landing::EN,
    money: money_texts::EN,
    my_account: my_account::EN,
    outcome: outcome::EN,
    payer: payer::EN,
    permissions_page: permissions_page::EN,
    reference: reference::EN,
    review: review::EN,
    teams: teams::EN,
    try_it: try_it::EN,
};

/// The portal in simplified Chinese.
pub(crate) static ZH: Texts = Texts {
    account: account::ZH,
    admin: admin::ZH,
    admin_audit: admin_audit::ZH,
    admin_lists: admin_lists::ZH,
    admin_channels: admin_channels::ZH,
    admin_operations: admin_operations::ZH,
    admin_money: admin_money::ZH,
    admin_person: admin_person::ZH,
    admin_plans: admin_plans::ZH,
    admin_platform: admin_platform::ZH,
    approval: approval::ZH,
    applications: applications::ZH,
    chrome: chrome::ZH,
    clock: clock::ZH,
    components: components::ZH,
    console: console::ZH,
    docs: docs::ZH,
    entrance: entrance::ZH,
    fees: fees::ZH,
    forms: forms::ZH,
    keys: keys::ZH,
    client_settings: client_settings::ZH,
    holder: holder::ZH,
    landing: landing::ZH,
    money: money_texts::ZH,
    my_account: my_account::ZH,
    outcome: outcome::ZH,
    payer: payer::ZH,
    permissions_page: permissions_page::ZH,
    reference: reference::ZH,
    review: review::ZH,
    teams: teams::ZH,
    try_it: try_it::ZH,
};
