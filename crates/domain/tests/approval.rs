//! Random histories of an application's approval, and what never happens in any of them.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

use proptest::prelude::*;
use tallyport_domain::approval::{
    Approval, ApprovalStatus, Decider, Permission, PermissionSet, PermissionStatus, Refusal, Reviewer, Standing,
    Submission,
};
use tallyport_domain::ids::DeveloperId;

/// Persons 0 and 1 are of the team; person 2 was, and may have submitted; 3 and 4 never were. All of
/// them are administrators as well, which is the worst case.
const PERSONS: u8 = 5;
const TEAM: [u8; 2] = [0, 1];
const SUBMITTERS: u8 = 3;

fn person(number: u8) -> DeveloperId {
    DeveloperId::from_parts(1, [number; 10])
}

fn reviewer(number: u8) -> Result<Reviewer, Refusal> {
    Reviewer::administrator(person(number), TEAM.contains(&number))
}

#[derive(Debug, Clone)]
enum Act {
    Submit { by: u8, permissions: Vec<Permission> },
    Withdraw,
    StartReview { by: u8 },
    TakeOver { by: u8 },
    AskForChanges { by: u8 },
    Reject { by: u8 },
    Approve { by: u8, permissions: Vec<Permission> },
    Suspend { by: u8 },
    Reinstate { by: u8 },
    SuspendPermission { by: u8, permission: Permission },
    ReinstatePermission { by: u8, permission: Permission },
    Close { by: u8 },
}

impl Act {
    fn on(&self, approval: Approval, at_ms: i64) -> Result<Approval, Refusal> {
        let version = u32::try_from(at_ms).unwrap();
        match self {
            Self::Submit { by, permissions } => {
                let permissions = permissions.iter().copied().collect();
                approval.submit(Submission { version, by: person(*by), at_ms, permissions })
            }
            Self::Withdraw => approval.withdraw(),
            Self::StartReview { by } => approval.start_review(reviewer(*by)?, at_ms),
            Self::TakeOver { by } => approval.take_over(reviewer(*by)?, at_ms),
            Self::AskForChanges { by } => approval.ask_for_changes(reviewer(*by)?, at_ms),
            Self::Reject { by } => approval.reject(reviewer(*by)?, at_ms),
            Self::Approve { by, permissions } => {
                approval.approve(reviewer(*by)?, &permissions.iter().copied().collect(), at_ms)
            }
            Self::Suspend { by } => approval.suspend(Decider::Person(person(*by)), at_ms),
            Self::Reinstate { by } => approval.reinstate(reviewer(*by)?),
            Self::SuspendPermission { by, permission } => {
                approval.suspend_permission(*permission, Decider::Person(person(*by)), at_ms)
            }
            Self::ReinstatePermission { by, permission } => {
                approval.reinstate_permission(*permission, reviewer(*by)?, at_ms)
            }
            Self::Close { by } => approval.close(Decider::Person(person(*by)), at_ms),
        }
    }
}

fn permissions() -> impl Strategy<Value = Vec<Permission>> {
    prop::collection::vec(prop::sample::select(Permission::ALL), 0..4)
}

fn act() -> impl Strategy<Value = Act> {
    let by = 0..PERSONS;
    let permission = prop::sample::select(Permission::ALL);
    prop_oneof![
        4 => (0..SUBMITTERS, permissions()).prop_map(|(by, permissions)| Act::Submit { by, permissions }),
        1 => Just(Act::Withdraw),
        5 => by.clone().prop_map(|by| Act::StartReview { by }),
        1 => by.clone().prop_map(|by| Act::TakeOver { by }),
        1 => by.clone().prop_map(|by| Act::AskForChanges { by }),
        1 => by.clone().prop_map(|by| Act::Reject { by }),
        6 => (by.clone(), permissions()).prop_map(|(by, permissions)| Act::Approve { by, permissions }),
        1 => by.clone().prop_map(|by| Act::Suspend { by }),
        1 => by.clone().prop_map(|by| Act::Reinstate { by }),
        1 => (by.clone(), permission.clone()).prop_map(|(by, permission)| Act::SuspendPermission { by, permission }),
        1 => (by.clone(), permission).prop_map(|(by, permission)| Act::ReinstatePermission { by, permission }),
        1 => by.prop_map(|by| Act::Close { by }),
    ]
}

/// Nothing that the histories never reach is tested by them. A few hundred are enough to reach it all.
#[test]
fn histories_reach_every_state_and_live_rights() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    let mut partly = false;
    for _ in 0..2_000 {
        let acts = prop::collection::vec(act(), 1..60).new_tree(&mut runner).unwrap().current();
        let mut approval = Approval::default();
        for (at, act) in acts.iter().enumerate() {
            approval = act.on(approval.clone(), i64::try_from(at).unwrap()).unwrap_or(approval);
            seen.insert(approval.status());
            seen.insert(approval.queue_status());
            partly |= approval.permission(Permission::Refunds) == PermissionStatus::Rejected
                && approval.permission(Permission::Payments) == PermissionStatus::Approved;
        }
        if partly && seen.len() == ApprovalStatus::ALL.len() {
            return;
        }
    }
    panic!("only {seen:?} in 2,000 histories, and partly: {partly}");
}

proptest! {
    #[test]
    fn no_history_comes_to_live_rights_without_somebody_independent(acts in prop::collection::vec(act(), 1..60)) {
        let mut approval = Approval::default();
        let mut submitter = None;
        // Whom each permission in force was approved by, as an outsider keeps the record.
        let mut record: Vec<(Permission, u8, u8)> = Vec::new();
        for (at, act) in acts.iter().enumerate() {
            let Ok(next) = act.on(approval.clone(), i64::try_from(at).unwrap()) else { continue };
            match act {
                Act::Submit { by, .. } => submitter = Some(*by),
                Act::Approve { by, permissions } => {
                    let submitter = submitter.expect("nothing is approved that was not submitted");
                    record.extend(permissions.iter().map(|permission| (*permission, *by, submitter)));
                }
                _ => {}
            }
            approval = next;
            if let Standing::Open { scopes } = approval.standing() {
                for scope in scopes.iter() {
                    let approved = record.iter().rfind(|(permission, ..)| *permission == Permission::of(scope));
                    let (_, by, submitter) = approved.expect("somebody approved it");
                    prop_assert!(!TEAM.contains(by) && by != submitter, "{act:?}");
                }
                prop_assert!(!record.is_empty());
            }
        }
    }

    #[test]
    fn closed_is_final(before in prop::collection::vec(act(), 0..30), after in prop::collection::vec(act(), 1..30)) {
        let mut approval = Approval::default();
        for (at, act) in before.iter().enumerate() {
            approval = act.on(approval.clone(), i64::try_from(at).unwrap()).unwrap_or(approval);
        }
        if approval.status() != ApprovalStatus::Closed {
            approval = approval.close(Decider::Operator, 99).unwrap();
        }
        for act in &after {
            prop_assert!(act.on(approval.clone(), 100).is_err());
        }
        prop_assert!(approval.clone().admit(&Permission::ALL.iter().copied().collect(), 100).is_err());
        prop_assert_eq!(approval.standing(), Standing::Closed);
    }

    #[test]
    fn asking_for_more_never_takes_away_what_is_there(acts in prop::collection::vec(act(), 1..60)) {
        let mut approval = Approval::default();
        for (at, act) in acts.iter().enumerate() {
            let Ok(next) = act.on(approval.clone(), i64::try_from(at).unwrap()) else { continue };
            let takes = matches!(act, Act::Suspend { .. } | Act::SuspendPermission { .. } | Act::Close { .. });
            if let (Standing::Open { .. }, false) = (approval.standing(), takes) {
                let had = approval.rights().unwrap().in_force();
                prop_assert!(had.is_within(&next.rights().unwrap().in_force()), "{act:?}");
            }
            approval = next;
        }
    }

    #[test]
    fn a_rejected_application_stays_rejected_or_is_closed(acts in prop::collection::vec(act(), 1..60)) {
        let mut approval = Approval::default();
        for (at, act) in acts.iter().enumerate() {
            let Ok(next) = act.on(approval.clone(), i64::try_from(at).unwrap()) else { continue };
            if approval.status() == ApprovalStatus::Rejected {
                prop_assert!(next.status() == ApprovalStatus::Closed, "{act:?}");
            }
            approval = next;
        }
    }
}

fn submitted(by: u8, names: &str) -> Approval {
    let permissions = names.parse().unwrap();
    Approval::default().submit(Submission { version: 1, by: person(by), at_ms: 1, permissions }).unwrap()
}

#[test]
fn nobody_reviews_for_their_own_team_nor_what_they_submitted() {
    assert_eq!(reviewer(0), Err(Refusal::OwnApplication));
    // They left the team, but it is still what they wrote.
    let left = reviewer(2).unwrap();
    assert_eq!(submitted(2, "payments").start_review(left, 2), Err(Refusal::OwnApplication));
    let taken = submitted(2, "payments").start_review(reviewer(3).unwrap(), 2).unwrap();
    assert_eq!(taken.take_over(left, 3), Err(Refusal::OwnApplication));
}

#[test]
fn only_who_took_the_review_decides() {
    let (first, second) = (reviewer(3).unwrap(), reviewer(4).unwrap());
    let taken = submitted(0, "payments").start_review(first, 2).unwrap();
    let refusal = Err(Refusal::Taken { by: first.decider() });
    let payments: PermissionSet = [Permission::Payments].into_iter().collect();
    assert_eq!(taken.clone().start_review(second, 3), refusal);
    assert_eq!(taken.clone().approve(second, &payments, 3), refusal);
    assert_eq!(taken.clone().reject(second, 3), refusal);
    assert_eq!(taken.clone().ask_for_changes(second, 3), refusal);
    let taken = taken.take_over(second, 3).unwrap();
    assert_eq!(taken.clone().approve(first, &payments, 4), Err(Refusal::Taken { by: second.decider() }));
    assert!(taken.approve(second, &payments, 4).unwrap().standing().is_open());
}

#[test]
fn each_permission_is_decided_by_itself_and_may_be_asked_for_again() {
    let judge = reviewer(3).unwrap();
    let taken = submitted(0, "payments refunds").start_review(judge, 2).unwrap();
    assert_eq!(taken.clone().approve(judge, &PermissionSet::default(), 3), Err(Refusal::NothingApproved));
    assert_eq!(taken.clone().approve(judge, &"transfers".parse().unwrap(), 3), Err(Refusal::NotAsked));
    let approved = taken.approve(judge, &"payments".parse().unwrap(), 3).unwrap();
    assert_eq!(approved.permission(Permission::Payments), PermissionStatus::Approved);
    assert_eq!(approved.permission(Permission::Refunds), PermissionStatus::Rejected);
    assert_eq!(approved.permission(Permission::Transfers), PermissionStatus::NotAsked);

    let ask = |names: &str| Submission { version: 2, by: person(0), at_ms: 4, permissions: names.parse().unwrap() };
    assert_eq!(approved.clone().submit(ask("payments")), Err(Refusal::NothingNew));
    let further = approved.submit(ask("payments refunds")).unwrap();
    assert_eq!(further.status(), ApprovalStatus::Approved);
    assert_eq!(further.queue_status(), ApprovalStatus::Submitted);
    assert_eq!(further.permission(Permission::Payments), PermissionStatus::Approved);
    assert_eq!(further.permission(Permission::Refunds), PermissionStatus::Submitted);
    let rejected = further.start_review(judge, 5).unwrap().reject(judge, 6).unwrap();
    assert_eq!(rejected.status(), ApprovalStatus::Approved);
    assert_eq!(rejected.permission(Permission::Refunds), PermissionStatus::Rejected);
    assert!(rejected.submit(ask("refunds")).is_ok());
}

#[test]
fn a_stop_takes_everything_and_its_end_gives_it_back() {
    let judge = reviewer(3).unwrap();
    let approved = Approval::default().admit(&"payments refunds".parse().unwrap(), 1).unwrap();
    let open = approved.standing();
    assert!(open.is_open() && !open.scopes().is_empty());
    let stopped = approved.suspend(Decider::Person(person(0)), 2).unwrap();
    assert_eq!((stopped.standing(), stopped.standing().scopes().is_empty()), (Standing::Suspended, true));
    assert_eq!(stopped.permission(Permission::Payments), PermissionStatus::Suspended);
    assert!(stopped.clone().withdraw().is_err() && !stopped.is_editable());
    assert_eq!(stopped.reinstate(judge).unwrap().standing(), open);
}

#[test]
fn one_permission_is_taken_away_and_given_back() {
    let approved = Approval::default().admit(&"payments refunds".parse().unwrap(), 1).unwrap();
    let without = approved.suspend_permission(Permission::Payments, Decider::Operator, 2).unwrap();
    assert_eq!(without.permission(Permission::Payments), PermissionStatus::Suspended);
    assert_eq!(without.standing().scopes(), Permission::Refunds.scopes());
    let again = Submission { version: 1, by: person(0), at_ms: 3, permissions: "payments".parse().unwrap() };
    // What is suspended cannot be had by asking for it once more.
    assert_eq!(without.clone().submit(again), Err(Refusal::NothingNew));
    let back = without.reinstate_permission(Permission::Payments, reviewer(3).unwrap(), 3).unwrap();
    assert_eq!(back.permission(Permission::Payments), PermissionStatus::Approved);
}
