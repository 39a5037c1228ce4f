//! Where an entity stands: occasions, motives, essence, customers, contact points, room.

pub(in crate::render::report) mod contact;
pub(in crate::render::report) mod customers;
pub(in crate::render::report) mod essence;
pub(in crate::render::report) mod map;
pub(in crate::render::report) mod motives;
pub(in crate::render::report) mod occasions;
pub(in crate::render::report) mod passerby;
pub(in crate::render::report) mod space;
pub(in crate::render::report) mod strengths;
