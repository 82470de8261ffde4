//! Which page answers which address.

use crate::pages::{
    admin::{
        announcements::AdminAnnouncementsPage, application::AdminApplicationPage, applications::AdminApplicationsPage,
        approval::ApprovalPage, approvals::ApprovalsPage, audit::AdminAuditPage, channels::AdminChannelsPage,
        developer::AdminDeveloperPage, developers::AdminDevelopersPage, money::AdminMoneyPage,
        operations::AdminOperationsPage, overview::AdminOverviewPage, plan::AdminPlanPage, plans::AdminPlansPage,
        settings::AdminSettingsPage,
    },
    components_page::ComponentsPage,
    console::{
        account::AccountPage,
        application::ApplicationPage,
        applications::ApplicationsPage,
        client_settings::ClientSettingsPage,
        keys::{CredentialPage, LiveKeysPage, NewPublicKeyPage, PublicKeyPage, SandboxKeysPage},
        money::{
            balances::BalancesPage,
            clock::ClockPage,
            ledger::LedgerPage,
            movement::MovementPage,
            movements::{RefundsPage, TopUpsPage, TransfersPage, WithdrawalsPage},
            refund::RefundPage,
        },
        new_application::NewApplicationPage,
        overview::OverviewPage,
        payment::PaymentPage,
        payments::PaymentsPage,
        permissions::PermissionsPage,
        sandbox_call::SandboxCallPage,
        teams::{invitation::InvitationPage, list::TeamsPage, team::TeamPage},
        test_holders::TestHoldersPage,
        totp::TotpPage,
    },
    dev_mail::DevMailPage,
    errors::{code::ErrorPage, index::ErrorsPage},
    forgot::ForgotPage,
    guide::GuidePage,
    guides::GuidesPage,
    holder::{consent::ConsentPage, device::DevicePage, grants::HolderGrantsPage, sign_in::HolderSignInPage},
    landing::LandingPage,
    not_found::NotFound,
    payer::{PayerPage, WalletPage},
    reference::{index::ApiReferencePage, operation::OperationPage},
    reset::ResetPage,
    second_step::SecondStepPage,
    setup::SetupPage,
    sign_in::SignInPage,
    sign_in_outside::{OutsideCallbackPage, OutsideStartPage},
    sign_up::SignUpPage,
    verify::VerifyPage,
    verify_address::VerifyAddressPage,
};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// Every page of the portal. All are rendered as a whole before the first byte leaves, so that each
/// can still decide its status or send the reader elsewhere.
#[component]
pub fn Portal() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <NotFound /> }>
                <Route path=path!("/") view=LandingPage ssr=SsrMode::Async />
                <Route path=path!("/docs") view=GuidesPage ssr=SsrMode::Async />
                <Route path=path!("/docs/api") view=ApiReferencePage ssr=SsrMode::Async />
                <Route path=path!("/docs/api/:operation_id") view=OperationPage ssr=SsrMode::Async />
                <Route path=path!("/docs/errors") view=ErrorsPage ssr=SsrMode::Async />
                <Route path=path!("/docs/errors/:code") view=ErrorPage ssr=SsrMode::Async />
                <Route path=path!("/docs/:slug") view=GuidePage ssr=SsrMode::Async />
                <Route path=path!("/signup") view=SignUpPage ssr=SsrMode::Async />
                <Route path=path!("/signin") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/signin/outside") view=OutsideStartPage ssr=SsrMode::Async />
                <Route path=path!("/signin/callback") view=OutsideCallbackPage ssr=SsrMode::Async />
                <Route path=path!("/signin/code") view=SecondStepPage ssr=SsrMode::Async />
                <Route path=path!("/verify") view=VerifyPage ssr=SsrMode::Async />
                <Route path=path!("/verify/address") view=VerifyAddressPage ssr=SsrMode::Async />
                <Route path=path!("/forgot") view=ForgotPage ssr=SsrMode::Async />
                <Route path=path!("/reset") view=ResetPage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                <Route path=path!("/console") view=OverviewPage ssr=SsrMode::Async />
                <Route path=path!("/console/account") view=AccountPage ssr=SsrMode::Async />
                <Route path=path!("/console/account/second-step") view=TotpPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications") view=ApplicationsPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/new") view=NewApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application") view=ApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/keys") view=SandboxKeysPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/keys/live") view=LiveKeysPage ssr=SsrMode::Async />
                <Route
                    path=path!("/console/applications/:application/credentials/:api_key")
                    view=CredentialPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/console/applications/:application/public-keys/new/:environment")
                    view=NewPublicKeyPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/console/applications/:application/public-keys/:key")
                    view=PublicKeyPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/console/teams") view=TeamsPage ssr=SsrMode::Async />
                <Route path=path!("/console/teams/:team") view=TeamPage ssr=SsrMode::Async />
                <Route path=path!("/invitation") view=InvitationPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/payments") view=PaymentsPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/permissions") view=PermissionsPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/try") view=SandboxCallPage ssr=SsrMode::Async />
                <Route
                    path=path!("/console/applications/:application/oauth/:environment")
                    view=ClientSettingsPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/console/applications/:application/test-holders")
                    view=TestHoldersPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/consent") view=ConsentPage ssr=SsrMode::Async />
                <Route path=path!("/device") view=DevicePage ssr=SsrMode::Async />
                <Route path=path!("/holder") view=HolderGrantsPage ssr=SsrMode::Async />
                <Route path=path!("/holder/signin") view=HolderSignInPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/refunds") view=RefundsPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/transfers") view=TransfersPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/top-ups") view=TopUpsPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/withdrawals") view=WithdrawalsPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/balances") view=BalancesPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/ledger") view=LedgerPage ssr=SsrMode::Async />
                <Route path=path!("/console/applications/:application/clock") view=ClockPage ssr=SsrMode::Async />
                <Route path=path!("/console/payments/:payment") view=PaymentPage ssr=SsrMode::Async />
                <Route path=path!("/console/payments/:payment/refund") view=RefundPage ssr=SsrMode::Async />
                <Route path=path!("/console/movements/:movement") view=MovementPage ssr=SsrMode::Async />
                <Route path=path!("/pay/:payment") view=PayerPage ssr=SsrMode::Async />
                <Route path=path!("/pay/:payment/wallet") view=WalletPage ssr=SsrMode::Async />
                <Route path=path!("/admin") view=AdminOverviewPage ssr=SsrMode::Async />
                <Route path=path!("/admin/developers") view=AdminDevelopersPage ssr=SsrMode::Async />
                <Route path=path!("/admin/developers/:developer") view=AdminDeveloperPage ssr=SsrMode::Async />
                <Route path=path!("/admin/applications") view=AdminApplicationsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/applications/:application") view=AdminApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/admin/money") view=AdminMoneyPage ssr=SsrMode::Async />
                <Route path=path!("/admin/settings") view=AdminSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/channels") view=AdminChannelsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/operations") view=AdminOperationsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/plans") view=AdminPlansPage ssr=SsrMode::Async />
                <Route path=path!("/admin/plans/:plan") view=AdminPlanPage ssr=SsrMode::Async />
                <Route path=path!("/admin/announcements") view=AdminAnnouncementsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/audit") view=AdminAuditPage ssr=SsrMode::Async />
                <Route path=path!("/admin/approvals") view=ApprovalsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/approvals/:application") view=ApprovalPage ssr=SsrMode::Async />
                <Route path=path!("/dev/mail") view=DevMailPage ssr=SsrMode::Async />
                <Route path=path!("/dev/components") view=components_page ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}

/// The page of all components exists in development builds only.
fn components_page() -> AnyView {
    if cfg!(debug_assertions) { view! { <ComponentsPage /> }.into_any() } else { view! { <NotFound /> }.into_any() }
}
