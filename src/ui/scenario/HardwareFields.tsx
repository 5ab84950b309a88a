import { type NumberRow, NumberRows } from "./NumberRows";

const SIZE_FIELDS: readonly NumberRow[] = [
  { key: "vcpus", label: "vCPUs", unit: "ratio", minimum: 0, maximum: 1e6, integer: false, step: 0.5 },
  {
    key: "memoryMb",
    label: "Memory",
    unit: "megabytes",
    minimum: 0,
    maximum: 1e9,
    integer: false,
    step: 256,
  },
  {
    key: "monthlyUsd",
    label: "Price a month",
    unit: "dollars",
    minimum: 0,
    maximum: 1e9,
    integer: false,
    step: 10,
  },
];

const LIMIT_FIELDS: readonly NumberRow[] = [
  {
    key: "connectionLimit",
    label: "Connections advertised",
    unit: "count",
    minimum: 0,
    maximum: 1e6,
    integer: true,
    step: 10,
  },
  {
    key: "enforcedConnectionLimit",
    label: "Connections enforced",
    unit: "count",
    minimum: 0,
    maximum: 1e6,
    integer: true,
    step: 10,
  },
];

interface HardwareFieldsProps {
  /** What the numbers belong to, for people who hear the page: "Database plan". */
  readonly name: string;
  /** A plan has limits of connections too. */
  readonly isPlan?: boolean;
  readonly values: Readonly<Record<string, number | undefined>>;
  /** Applies one number; a sentence comes back where it was refused. */
  readonly onChange: (key: string, value: number) => string | null;
}

/** The numbers of one's own dyno size or database plan. */
export default function HardwareFields({ name, isPlan = false, values, onChange }: HardwareFieldsProps) {
  const rows = isPlan ? [...LIMIT_FIELDS, ...SIZE_FIELDS] : SIZE_FIELDS;
  return <NumberRows name={name} rows={rows} values={values} onChange={onChange} />;
}
