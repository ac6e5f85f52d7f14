/** Files that answers offer: well-behaved ones and ones with hostile names. */
import { crc32, deflateSync } from "node:zlib"

export interface OfferedFile {
  readonly name: string
  readonly label: string
  readonly bytes: Buffer
  readonly mimeType: string
}

export const plainFiles = (): ReadonlyArray<OfferedFile> => [
  link("results.csv", "results.csv", "text/csv", "step,cost\nclaim,1\nwork,20\nrelease,1\n"),
  {
    name: "sales_summary.xlsx",
    label: "Download the file",
    bytes: zipOf("xl/workbook.xml", "<workbook><sheets><sheet name=\"Summary\"/></sheets></workbook>"),
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  },
  link("butterscotch.txt", "Download butterscotch.txt", "text/plain", "Stir until the sugar is gone.\n")
]

export const onlyFile = (): ReadonlyArray<
  OfferedFile
> => [link("report.md", "Download the report", "text/markdown", "# Report\n\nDone.\n")]

export const hostileFiles = (): ReadonlyArray<OfferedFile> =>
  [
    "../../escape.txt",
    "..\\..\\windows.txt",
    "/etc/absolute.txt",
    "invoice\u202Efdp.exe",
    `${"long-".repeat(60)}name.txt`,
    "CON",
    "nul.txt",
    "twice.txt",
    "twice.txt",
    ".hidden",
    "bell\u0007and\u001b[31mred.txt",
    "  spaces .txt ",
    "run.sh",
    "trailing.txt. ."
  ].map((name, index) => link(name, `Download ${name}`, "application/octet-stream", `file ${index + 1}\n`))

const link = (name: string, label: string, mimeType: string, text: string): OfferedFile => ({
  name,
  label,
  bytes: Buffer.from(text, "utf8"),
  mimeType
})

/** A picture with a gradient, as PNG. */
export const picture = (side = 96): Buffer => {
  const rows = Buffer.alloc(side * (1 + side * 3))
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = y * (1 + side * 3) + 1 + x * 3
      rows[at] = Math.floor((x * 255) / side)
      rows[at + 1] = Math.floor((y * 255) / side)
      rows[at + 2] = 160
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0))
  ])
}

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.byteLength, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A ZIP with one stored entry, which is what an office document begins like. */
const zipOf = (name: string, text: string): Buffer => {
  const path = Buffer.from(name, "utf8")
  const data = Buffer.from(text, "utf8")
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt32LE(crc32(data), 10)
  common.writeUInt32LE(data.byteLength, 14)
  common.writeUInt32LE(data.byteLength, 18)
  common.writeUInt16LE(path.byteLength, 22)
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, path, data])
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), common, Buffer.alloc(14), path])
  const end = Buffer.alloc(22)
  end.write("PK\u0005\u0006", 0, "latin1")
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.byteLength, 12)
  end.writeUInt32LE(local.byteLength, 16)
  return Buffer.concat([local, central, end])
}
