namespace ModelGen;

/// <summary>
/// Replaces a file as a whole: whoever reads it, and whenever the process or the machine stops, finds the old contents
/// or the new.
/// </summary>
internal static class AtomicFile
{
    private static readonly TimeSpan s_staleAge = TimeSpan.FromHours(1);

    /// <summary>Writes to a new file in the same folder, flushes it to disk, and renames it.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? throw new IOException($"{path} is not the name of a file.");
        var name = Path.GetFileName(target);
        DeleteStale(folder, name);
        var temporary = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Clears away what a process that was killed while writing this file has left behind.</summary>
    private static void DeleteStale(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} of the file {name} does not exist.");
        }

        foreach (var file in Directory.EnumerateFiles(folder, $".{name}.*.tmp"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > s_staleAge)
            {
                TryDelete(file);
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way; the error that led here, if any, says more.
        }
    }
}
