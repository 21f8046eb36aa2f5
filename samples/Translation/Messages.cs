using System.Runtime.InteropServices;

namespace TranslationSample;

/// <summary>What the .NET SDK on this machine tells its users, in English and in another language.</summary>
internal static class Messages
{
    /// <summary>All texts that the SDK has in both languages, each pair once, in ordinal order of the English.</summary>
    /// <param name="language">The name of a culture that the SDK is translated to, such as fr.</param>
    /// <exception cref="DirectoryNotFoundException">There is no SDK, or none with that language.</exception>
    public static IReadOnlyList<MessagePair> Load(string language)
    {
        var sdk = FindSdk();
        var pairs = new HashSet<MessagePair>();
        foreach (var satellite in Directory.EnumerateFiles(sdk, "*.resources.dll", SearchOption.AllDirectories))
        {
            // …/fr/Name.resources.dll is the translation of …/Name.dll.
            var folder = Path.GetDirectoryName(satellite)!;
            var main = Path.Combine(Path.GetDirectoryName(folder)!, Path.GetFileName(satellite).Replace(".resources.dll", ".dll", StringComparison.Ordinal));
            if (Path.GetFileName(folder) != language || !File.Exists(main))
            {
                continue;
            }

            var english = ResourceAssembly.ReadTexts(main, "");
            foreach (var (key, foreign) in ResourceAssembly.ReadTexts(satellite, language))
            {
                if (english.TryGetValue(key, out var text))
                {
                    pairs.Add(new(text, foreign));
                }
            }
        }

        return pairs.Count > 0
            ? [.. pairs.OrderBy(pair => pair.English, StringComparer.Ordinal).ThenBy(pair => pair.Foreign, StringComparer.Ordinal)]
            : throw new DirectoryNotFoundException($"{sdk}: no messages in the language \"{language}\"; expected one that the SDK is translated to, such as fr, de, es or it.");
    }

    // The SDK beside the runtime that runs this: <root>/shared/Microsoft.NETCore.App/<version>, <root>/sdk/<version>.
    private static string FindSdk()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var folder = Path.Combine(root, "sdk");
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"{folder}: no such folder; expected the .NET SDK, whose messages are the texts to translate.");
    }
}
