import type { Source } from "./entry";

const ORIGIN =
  "vantage-sh/ec2instances.info www/rds/index.html, commit 278c7d9d (2022-07-17), us-east-1, on-demand, Single-AZ";

/** RDS for PostgreSQL: the limit is the documented formula less an assumed reserve for system and management. */
export const RDS_POSTGRESQL_SOURCE: Source = {
  source: `${ORIGIN}; connection limit: max_connections = memory / 9531392`,
  asOf: "2022-07-17",
  confidence: "documented",
  note:
    "The connection limit is an estimate: the formula applies to the memory left after what the system reserves, " +
    "which was fitted to observed values (within 5 %). Double the price for Multi-AZ; storage and I/O are extra.",
};

/** RDS for MySQL: the limit is the documented formula on the whole memory. */
export const RDS_MYSQL_SOURCE: Source = {
  source: `${ORIGIN}; connection limit: Amazon RDS User Guide (June 2023), max_connections = memory / 12582880`,
  asOf: "2022-07-17",
  confidence: "documented",
  note: "The connection limit is the formula on the whole memory. Double the price for Multi-AZ; storage and I/O are extra.",
};

/** Aurora, either engine: the limits are those of the user guide's tables. */
export const AURORA_SOURCE: Source = {
  source: `${ORIGIN}; connection limits: Amazon Aurora User Guide (June 2023)`,
  asOf: "2022-07-17",
  confidence: "documented",
  note: "Price of one instance; storage and I/O are extra.",
};

/**
 * RDS and Aurora classes: id, vCPUs, memory in GiB, then US dollars an hour and default connection limit for
 * RDS PostgreSQL, RDS MySQL, Aurora MySQL and Aurora PostgreSQL. 0 where the engine does not offer the class.
 */
export const RDS_CLASSES: readonly (readonly [
  string,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
])[] = [
  ["db.t2.micro", 1, 1, 0.018, 86, 0.017, 85, 0, 0, 0, 0],
  ["db.t2.small", 1, 2, 0.036, 197, 0.034, 170, 0.041, 45, 0, 0],
  ["db.t2.medium", 2, 4, 0.073, 417, 0.068, 341, 0.082, 90, 0, 0],
  ["db.t2.large", 2, 8, 0.145, 859, 0.136, 682, 0, 0, 0, 0],
  ["db.t2.xlarge", 4, 16, 0.29, 1742, 0.272, 1365, 0, 0, 0, 0],
  ["db.t2.2xlarge", 8, 32, 0.58, 3509, 0.544, 2730, 0, 0, 0, 0],
  ["db.t3.micro", 2, 1, 0.018, 86, 0.017, 85, 0, 0, 0, 0],
  ["db.t3.small", 2, 2, 0.036, 197, 0.034, 170, 0.041, 45, 0, 0],
  ["db.t3.medium", 2, 4, 0.072, 417, 0.068, 341, 0.082, 90, 0.082, 420],
  ["db.t3.large", 2, 8, 0.145, 859, 0.136, 682, 0.164, 135, 0.164, 844],
  ["db.t3.xlarge", 4, 16, 0.29, 1742, 0.272, 1365, 0, 0, 0, 0],
  ["db.t3.2xlarge", 8, 32, 0.579, 3509, 0.544, 2730, 0, 0, 0, 0],
  ["db.t4g.micro", 2, 1, 0.016, 86, 0.016, 85, 0, 0, 0, 0],
  ["db.t4g.small", 2, 2, 0.032, 197, 0.032, 170, 0, 0, 0, 0],
  ["db.t4g.medium", 2, 4, 0.065, 417, 0.065, 341, 0.073, 90, 0.073, 405],
  ["db.t4g.large", 2, 8, 0.129, 859, 0.129, 682, 0.146, 135, 0.146, 844],
  ["db.t4g.xlarge", 4, 16, 0.258, 1742, 0.258, 1365, 0, 0, 0, 0],
  ["db.t4g.2xlarge", 8, 32, 0.517, 3509, 0.517, 2730, 0, 0, 0, 0],
  ["db.m4.large", 2, 8, 0.182, 859, 0.175, 682, 0, 0, 0, 0],
  ["db.m4.xlarge", 4, 16, 0.365, 1742, 0.35, 1365, 0, 0, 0, 0],
  ["db.m4.2xlarge", 8, 32, 0.73, 3509, 0.7, 2730, 0, 0, 0, 0],
  ["db.m4.4xlarge", 16, 64, 1.461, 5000, 1.401, 5461, 0, 0, 0, 0],
  ["db.m4.10xlarge", 40, 160, 3.654, 5000, 3.502, 13653, 0, 0, 0, 0],
  ["db.m4.16xlarge", 64, 256, 5.844, 5000, 5.6, 21845, 0, 0, 0, 0],
  ["db.m5.large", 2, 8, 0.178, 859, 0.171, 682, 0, 0, 0, 0],
  ["db.m5.xlarge", 4, 16, 0.356, 1742, 0.342, 1365, 0, 0, 0, 0],
  ["db.m5.2xlarge", 8, 32, 0.712, 3509, 0.684, 2730, 0, 0, 0, 0],
  ["db.m5.4xlarge", 16, 64, 1.424, 5000, 1.368, 5461, 0, 0, 0, 0],
  ["db.m5.8xlarge", 32, 128, 2.848, 5000, 2.74, 10922, 0, 0, 0, 0],
  ["db.m5.12xlarge", 48, 192, 4.272, 5000, 4.104, 16384, 0, 0, 0, 0],
  ["db.m5.16xlarge", 64, 256, 5.696, 5000, 5.47, 21845, 0, 0, 0, 0],
  ["db.m5.24xlarge", 96, 384, 8.544, 5000, 8.208, 32768, 0, 0, 0, 0],
  ["db.m6g.large", 2, 8, 0.159, 859, 0.152, 682, 0, 0, 0, 0],
  ["db.m6g.xlarge", 4, 16, 0.318, 1742, 0.304, 1365, 0, 0, 0, 0],
  ["db.m6g.2xlarge", 8, 32, 0.636, 3509, 0.608, 2730, 0, 0, 0, 0],
  ["db.m6g.4xlarge", 16, 64, 1.272, 5000, 1.216, 5461, 0, 0, 0, 0],
  ["db.m6g.8xlarge", 32, 128, 2.544, 5000, 2.432, 10922, 0, 0, 0, 0],
  ["db.m6g.12xlarge", 48, 192, 3.816, 5000, 3.648, 16384, 0, 0, 0, 0],
  ["db.m6g.16xlarge", 64, 256, 5.088, 5000, 4.864, 21845, 0, 0, 0, 0],
  ["db.m6i.large", 2, 8, 0.178, 859, 0.171, 682, 0, 0, 0, 0],
  ["db.m6i.xlarge", 4, 16, 0.356, 1742, 0.342, 1365, 0, 0, 0, 0],
  ["db.m6i.2xlarge", 8, 32, 0.712, 3509, 0.684, 2730, 0, 0, 0, 0],
  ["db.m6i.4xlarge", 16, 64, 1.424, 5000, 1.368, 5461, 0, 0, 0, 0],
  ["db.m6i.8xlarge", 32, 128, 2.848, 5000, 2.736, 10922, 0, 0, 0, 0],
  ["db.m6i.12xlarge", 48, 192, 4.272, 5000, 4.104, 16384, 0, 0, 0, 0],
  ["db.m6i.16xlarge", 64, 256, 5.696, 5000, 5.472, 21845, 0, 0, 0, 0],
  ["db.m6i.24xlarge", 96, 384, 8.544, 5000, 8.208, 32768, 0, 0, 0, 0],
  ["db.m6i.32xlarge", 128, 512, 11.392, 5000, 10.944, 43690, 0, 0, 0, 0],
  ["db.r3.large", 2, 15.25, 0.25, 1659, 0.24, 1301, 0.29, 1000, 0, 0],
  ["db.r3.xlarge", 4, 30.5, 0.5, 3343, 0.475, 2602, 0.58, 2000, 0, 0],
  ["db.r3.2xlarge", 8, 61, 0.995, 5000, 0.945, 5205, 1.16, 3000, 0, 0],
  ["db.r3.4xlarge", 16, 122, 1.99, 5000, 1.89, 10410, 2.32, 4000, 0, 0],
  ["db.r3.8xlarge", 32, 244, 3.98, 5000, 3.78, 20821, 4.64, 5000, 0, 0],
  ["db.r4.large", 2, 15.25, 0.25, 1659, 0.24, 1301, 0.29, 1000, 0.29, 1600],
  ["db.r4.xlarge", 4, 30.5, 0.5, 3343, 0.48, 2602, 0.58, 2000, 0.58, 3200],
  ["db.r4.2xlarge", 8, 61, 1, 5000, 0.96, 5205, 1.16, 3000, 1.16, 5000],
  ["db.r4.4xlarge", 16, 122, 2, 5000, 1.92, 10410, 2.32, 4000, 2.32, 5000],
  ["db.r4.8xlarge", 32, 244, 4, 5000, 3.84, 20821, 4.64, 5000, 4.64, 5000],
  ["db.r4.16xlarge", 64, 488, 8, 5000, 7.68, 41642, 9.28, 6000, 9.28, 5000],
  ["db.r5.large", 2, 16, 0.25, 1742, 0.24, 1365, 0.29, 1000, 0.29, 1600],
  ["db.r5.xlarge", 4, 32, 0.5, 3509, 0.48, 2730, 0.58, 2000, 0.58, 3300],
  ["db.r5.2xlarge", 8, 64, 1, 5000, 0.96, 5461, 1.16, 3000, 1.16, 5000],
  ["db.r5.4xlarge", 16, 128, 2, 5000, 1.92, 10922, 2.32, 4000, 2.32, 5000],
  ["db.r5.8xlarge", 32, 256, 4, 5000, 3.84, 21845, 4.64, 5000, 4.64, 5000],
  ["db.r5.12xlarge", 48, 384, 6, 5000, 5.76, 32768, 6.96, 6000, 6.96, 5000],
  ["db.r5.16xlarge", 64, 512, 8, 5000, 7.68, 43690, 9.28, 6000, 9.28, 5000],
  ["db.r5.24xlarge", 96, 768, 12, 5000, 11.52, 65536, 13.92, 7000, 13.92, 5000],
  ["db.r6g.large", 2, 16, 0.225, 1742, 0.215, 1365, 0.26, 1000, 0.26, 1722],
  ["db.r6g.xlarge", 4, 32, 0.45, 3509, 0.43, 2730, 0.519, 2000, 0.519, 3479],
  ["db.r6g.2xlarge", 8, 64, 0.899, 5000, 0.859, 5461, 1.038, 3000, 1.038, 5000],
  ["db.r6g.4xlarge", 16, 128, 1.798, 5000, 1.718, 10922, 2.076, 4000, 2.076, 5000],
  ["db.r6g.8xlarge", 32, 256, 3.597, 5000, 3.437, 21845, 4.153, 5000, 4.153, 5000],
  ["db.r6g.12xlarge", 48, 384, 5.395, 5000, 5.155, 32768, 6.229, 6000, 6.229, 5000],
  ["db.r6g.16xlarge", 64, 512, 7.194, 5000, 6.874, 43690, 8.306, 6000, 8.306, 5000],
  ["db.r6i.large", 2, 16, 0.25, 1742, 0.24, 1365, 0, 0, 0, 0],
  ["db.r6i.xlarge", 4, 32, 0.5, 3509, 0.48, 2730, 0, 0, 0, 0],
  ["db.r6i.2xlarge", 8, 64, 1, 5000, 0.96, 5461, 0, 0, 0, 0],
  ["db.r6i.4xlarge", 16, 128, 2, 5000, 1.92, 10922, 0, 0, 0, 0],
  ["db.r6i.8xlarge", 32, 256, 4, 5000, 3.84, 21845, 0, 0, 0, 0],
  ["db.r6i.12xlarge", 48, 384, 6, 5000, 5.76, 32768, 0, 0, 0, 0],
  ["db.r6i.16xlarge", 64, 512, 8, 5000, 7.68, 43690, 0, 0, 0, 0],
  ["db.r6i.24xlarge", 96, 768, 12, 5000, 11.52, 65536, 0, 0, 0, 0],
  ["db.r6i.32xlarge", 128, 1024, 16, 5000, 15.36, 87381, 0, 0, 0, 0],
];
