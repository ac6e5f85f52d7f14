/** A host entry that ends at once. */
process.stderr.write("no such engine\n")
process.exitCode = 9
