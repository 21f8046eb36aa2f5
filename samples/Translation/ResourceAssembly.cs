using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Resources;

namespace TranslationSample;

/// <summary>Reads the texts that an assembly carries for its users, without loading it.</summary>
internal static class ResourceAssembly
{
    private const string Extension = ".resources";
    private const string StringType = "ResourceTypeCode.String";

    /// <summary>The texts of all resource files in an assembly.</summary>
    /// <param name="path">A .dll file.</param>
    /// <param name="culture">The language that names of resource files end with, such as fr; empty for the assembly's own.</param>
    /// <returns>A text for each name of a resource file, without language and extension, and key. Empty for what is no assembly.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dictionary<(string Resource, string Key), string> ReadTexts(string path, string culture)
    {
        var texts = new Dictionary<(string Resource, string Key), string>();
        using var file = new PEReader(File.OpenRead(path));
        try
        {
            if (!file.HasMetadata || file.PEHeaders.CorHeader is not { ResourcesDirectory: { Size: > 0 } directory })
            {
                return texts;
            }

            var suffix = culture.Length == 0 ? Extension : $".{culture}{Extension}";
            var metadata = file.GetMetadataReader();
            foreach (var handle in metadata.ManifestResources)
            {
                var resource = metadata.GetManifestResource(handle);
                var name = metadata.GetString(resource.Name);
                if (resource.Implementation.IsNil && name.EndsWith(suffix, StringComparison.Ordinal))
                {
                    Read(file.GetSectionData(directory.RelativeVirtualAddress), checked((int)resource.Offset), name[..^suffix.Length], texts);
                }
            }
        }
        catch (BadImageFormatException)
        {
            // Some files of an SDK are libraries of the operating system.
        }

        return texts;
    }

    // A resource file begins with its length.
    private static void Read(PEMemoryBlock section, int offset, string resource, Dictionary<(string Resource, string Key), string> texts)
    {
        var reader = section.GetReader(offset, section.Length - offset);
        var length = reader.ReadInt32();
        if (length < 0 || length > reader.RemainingBytes)
        {
            throw new BadImageFormatException($"The resource file {resource} of {length} bytes is longer than what is left, {reader.RemainingBytes}.");
        }

        using var stream = new MemoryStream(reader.ReadBytes(length), writable: false);
        using var entries = Open(stream);
        if (entries is null)
        {
            return;
        }

        foreach (var key in Keys(entries))
        {
            // Pictures and other objects are left alone: only texts are made into objects.
            entries.GetResourceData(key, out var type, out var data);
            if (type == StringType)
            {
                using var text = new BinaryReader(new MemoryStream(data, writable: false));
                texts[(resource, key)] = text.ReadString();
            }
        }
    }

    // Null for the kind of resource file that another reader is for.
    private static ResourceReader? Open(Stream stream)
    {
        try
        {
            return new(stream);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static List<string> Keys(ResourceReader entries)
    {
        var keys = new List<string>();
        for (var entry = entries.GetEnumerator(); entry.MoveNext();)
        {
            keys.Add((string)entry.Key);
        }

        return keys;
    }
}
