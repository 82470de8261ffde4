//! The portal's building blocks: one component per file, styled by the file of the same name.
//!
//! A component shows what it is given. It loads nothing, decides nothing and knows no page.

pub(crate) mod badge;
pub(crate) mod banner;
pub(crate) mod breadcrumbs;
pub(crate) mod button;
pub(crate) mod card;
pub(crate) mod code_block;
pub(crate) mod copyable;
pub(crate) mod dialog;
pub(crate) mod empty_state;
pub(crate) mod icon;
pub(crate) mod json_view;
pub(crate) mod key_values;
pub(crate) mod menu;
pub(crate) mod moment;
pub(crate) mod page_head;
pub(crate) mod pagination;
pub(crate) mod plot;
mod plot_shape;
pub(crate) mod secret;
pub(crate) mod stat;
pub(crate) mod table;
pub(crate) mod tabs;
pub(crate) mod timeline;
pub(crate) mod toast;
pub(crate) mod tone;

pub(crate) use badge::Badge;
pub(crate) use banner::Banner;
pub(crate) use breadcrumbs::{Breadcrumbs, Crumb};
pub(crate) use button::{Button, ButtonKind, ButtonLink};
pub(crate) use card::Card;
pub(crate) use code_block::{CodeBlock, CodeSample};
pub(crate) use copyable::CopyableId;
pub(crate) use dialog::{Dialog, DialogButton};
pub(crate) use empty_state::EmptyState;
pub(crate) use icon::{Icon, IconName};
pub(crate) use json_view::JsonView;
pub(crate) use key_values::{KeyValue, KeyValues};
pub(crate) use menu::Menu;
pub(crate) use moment::Moment;
pub(crate) use page_head::PageHead;
pub(crate) use pagination::Pagination;
pub(crate) use plot::{Plot, PlotUnit, Series};
pub(crate) use secret::Secret;
pub(crate) use stat::Stat;
pub(crate) use table::{Column, Table};
pub(crate) use tabs::{CodeTabs, PageTab, PageTabs};
pub(crate) use timeline::{Timeline, TimelineStep};
pub(crate) use toast::Toast;
pub(crate) use tone::Tone;
