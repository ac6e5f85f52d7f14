/** A host entry that is killed as soon as it runs. */
process.stderr.write("about to die\n")
process.kill(process.pid, "SIGKILL")
