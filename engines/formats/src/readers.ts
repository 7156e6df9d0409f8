import { hashCsvReader } from './hash-csv/reader.ts'
import { ncmecIspwsReader } from './ncmec-ispws/reader.ts'
import type { Reader } from './reader.ts'
import { ukCseaIrp } from './uk-csea-irp/index.ts'
import { vics1Reader, vics2Reader } from './vics/reader.ts'

/** Every format there is: a new one is one folder and one line here. */
export const readers: readonly Reader[] = [ukCseaIrp, ncmecIspwsReader, vics1Reader, vics2Reader, hashCsvReader]
