/** What an event of the event list is: which part of the system acts on its entry. */
export const SEND = 0;
export const ARRIVAL = 1;
export const CONNECTED = 2;
export const POOLER_PASSED = 3;
export const QUERY_ENDED = 4;
export const WAIT_ENDED = 5;
export const DISCOVERED_DEAD = 6;
export const EDGE_DEADLINE = 7;
export const BOOT_DEADLINE = 8;
export const CHECKOUT_DEADLINE = 9;
export const POOLER_DEADLINE = 10;
export const REAP = 11;
export const DATABASE_RECOVERED = 12;
export const DYNO_BOOTED = 13;
