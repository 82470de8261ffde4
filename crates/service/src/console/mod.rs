//! The money of an application as the members of its team see it and move it in the console. What is
//! somebody else's is not there.

mod act;
mod look;

pub use act::{MemberMovement, MoveMoneyRefusal, power_to_move};
pub use tallyport_storage::calls::CallRecord;
pub use tallyport_storage::events::ObjectEvent;
