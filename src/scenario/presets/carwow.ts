import { carwowTrial as trial } from "./opening";
import type { Preset } from "./preset";

/** The article's trials beside the opening one. */
export const CARWOW_PRESETS: readonly Preset[] = [
  trial({
    id: "carwow-pooling-on",
    title: "25 dynos behind the pooler",
    description:
      "The same fleet with 90 shared connections: nothing is refused, and 180 requests a second is the most.",
    dynos: 25,
    clients: 200,
    pooler: true,
  }),
  trial({
    id: "carwow-one-dyno",
    title: "One dyno, 15 clients",
    description: "Ten threads and fifteen clients: a third of them always wait for a thread.",
    dynos: 1,
    clients: 15,
  }),
  trial({
    id: "carwow-random-routing",
    title: "5 dynos, 50 clients",
    description:
      "As many clients as threads, yet requests wait: random routing sends some to dynos that are full.",
    dynos: 5,
    clients: 50,
  }),
  trial({
    id: "carwow-least-outstanding",
    title: "5 dynos, 50 clients, least outstanding",
    description:
      "The same load, sent to the dyno with the fewest requests under way: nobody waits for a thread.",
    dynos: 5,
    clients: 50,
    balancer: "least-outstanding",
  }),
  trial({
    id: "carwow-fifteen-dynos",
    title: "15 dynos, 150 clients",
    description:
      "Three times the dynos and three times the clients: the same pattern of queues on a larger fleet.",
    dynos: 15,
    clients: 150,
  }),
  trial({
    id: "carwow-advertised-limit",
    title: "12 dynos, 120 clients",
    description: "120 connections, as many as the plan advertises.",
    dynos: 12,
    clients: 120,
  }),
  trial({
    id: "carwow-enforced-limit",
    title: "24 dynos, 240 clients",
    description: "240 connections, the most that were seen to work: one dyno more, and some are refused.",
    dynos: 24,
    clients: 240,
  }),
  trial({
    id: "carwow-larger-plan",
    title: "50 dynos on standard-3",
    description: "A larger plan takes 500 connections and 50 dynos, and no plan of this kind takes more.",
    dynos: 50,
    clients: 500,
    plan: "standard-3",
  }),
  trial({
    id: "carwow-fifty-dynos",
    title: "50 dynos behind the pooler",
    description: "Twice the fleet on the same 90 connections: the database, not the dynos, sets the pace.",
    dynos: 50,
    clients: 200,
    pooler: true,
  }),
  trial({
    id: "carwow-75-dynos",
    title: "75 dynos behind the pooler",
    description:
      "Three times the opening fleet, 750 threads on 90 connections, without a refusal; beyond 180 clients it gets slower instead.",
    dynos: 75,
    clients: 200,
    pooler: true,
  }),
];
