using System.Globalization;
using ModelGen;
using SampleKit;

namespace SpeechSample;

/// <summary>Makes the sample's data of sound files: what was committed once need not be synthesized again.</summary>
internal static class Packing
{
    /// <summary>Reads <c>list.tsv</c> and the files it names, and writes <c>phrases.mels.gz</c> into the folder for output.</summary>
    /// <param name="folder">The folder that <c>make_voices.py</c> filled.</param>
    /// <param name="settings">The command line.</param>
    public static int Run(string folder, SampleSettings settings)
    {
        var utterances = new List<Utterance>();
        var left = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, "list.tsv")))
        {
            if (line.Split('\t') is not [var path, var voice, var use, var text])
            {
                throw new DataFormatException("list.tsv", "line", line, "a file, a voice, a use and a text between tabs");
            }

            var sound = Sound.Hear(WavFile.Read(path));
            if (sound.Count is 0 or > Sound.Frames || !Alphabet.CanWrite(text))
            {
                left++;
                continue;
            }

            utterances.Add(new(voice, Enum.Parse<Use>(use, ignoreCase: true), text, sound));
        }

        var target = settings["phrases.mels.gz"];
        UtteranceFile.Save(target, utterances);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{utterances.Count:N0} phrases in {target} ({new FileInfo(target).Length:N0} bytes); {left} were too long."));
        return 0;
    }
}
