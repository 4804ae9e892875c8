//! The one integration binary; each area has its module.

mod rules;
