//! Moving the clock of an application's sandbox.

use super::{
    about::{about, done, refused, set_status},
    entry::here,
};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::money::{
        clock::{CLOCK_FORM, STEPS_MS},
        paths::clock_path,
    },
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use tallyport_domain::{
    ids::AppId,
    sandbox_clock::{Advance, ClockMove},
};
use tallyport_service::{Member, Services, sandbox_clock::MoveClockRefusal};

/// Moves the clock ahead, or lets it stand still or go.
#[server(prefix = "/ui", endpoint = "move_sandbox_clock")]
pub(crate) async fn move_sandbox_clock(
    #[server(default)] application: String,
    #[server(default)] deed: String,
    #[server(default)] by: String,
) -> Result<(), ServerFnError> {
    let step = STEPS_MS.iter().find(|(name, _)| *name == by).map(|(_, ms)| Advance::By(*ms));
    let wish = match (deed.as_str(), step) {
        ("advance", Some(step)) => ClockMove { frozen: None, advance: Some(step) },
        ("freeze", _) => ClockMove { frozen: Some(true), advance: None },
        ("run", _) => ClockMove { frozen: Some(false), advance: None },
        _ => {
            set_status(StatusCode::BAD_REQUEST);
            return Ok(());
        }
    };
    about(&application, clock_path, async |services, member, id: AppId| moved(&services, &member, id, wish).await).await
}

async fn moved(services: &Services, member: &Member, id: AppId, by: ClockMove) -> Result<(), Fault> {
    let own = &texts().clock;
    match services.move_member_clock(member, id, by).await {
        Ok(_) => done(&clock_path(id), own.moved).await,
        Err(MoveClockRefusal::Access(refusal)) => refused(refusal),
        Err(MoveClockRefusal::Service(error)) => Err(error.into()),
        Err(_) => {
            let mut flash = FormFlash::new();
            flash.refuse("by", own.too_far);
            flash.send_back(CLOCK_FORM, &here(&clock_path(id))).await
        }
    }
}
