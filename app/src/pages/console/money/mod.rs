//! The money of one application: its refunds, transfers, top-ups and withdrawals, what it has, and every
//! line of its book. Each page is about one world, which stands in the address.

pub(crate) mod balances;
mod book_page;
pub(in crate::pages::console) mod calls;
pub(crate) mod clock;
mod confirmed_form;
pub(crate) mod ledger;
pub(crate) mod movement;
mod movement_form;
mod movement_status;
pub(crate) mod movements;
pub(crate) mod paths;
pub(in crate::pages::console) mod postings;
pub(crate) mod refund;
pub(in crate::pages::console) mod timeline;
pub(in crate::pages::console) mod world;

pub(crate) use movement_form::form_name;
