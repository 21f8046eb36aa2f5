using System.Text.Json;

namespace ModelGen;

/// <summary>
/// The file of a vocabulary, JSON in UTF-8: <c>format</c> and <c>version</c>; <c>kind</c>; the names of the special tokens in
/// order of their ids; then <c>tokens</c>, a text each in order of the ids, or for byte pairs <c>merges</c>, two symbols each.
/// </summary>
internal static class VocabularyFile
{
    private const string Format = "modelgen vocabulary";
    private const int Version = 1;

    private static readonly SpecialTokens[] s_special =
        [SpecialTokens.Padding, SpecialTokens.Begin, SpecialTokens.End, SpecialTokens.Unknown];

    public static void Write(Stream stream, Vocabulary vocabulary)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("kind", vocabulary.Kind);
        json.WriteStartArray("special");
        foreach (var token in s_special.Where(token => vocabulary.Special.HasFlag(token)))
        {
            json.WriteStringValue(Name(token));
        }

        json.WriteEndArray();
        if (vocabulary is BytePairVocabulary pairs)
        {
            json.WriteStartArray("merges");
            foreach (var (first, second) in pairs.Merges)
            {
                json.WriteStartArray();
                json.WriteNumberValue(first);
                json.WriteNumberValue(second);
                json.WriteEndArray();
            }
        }
        else
        {
            json.WriteStartArray("tokens");
            foreach (var text in vocabulary is CharacterVocabulary characters ? characters.Characters : ((WordVocabulary)vocabulary).Words)
            {
                json.WriteStringValue(text);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static Vocabulary Read(Stream stream, string name)
    {
        using var document = Parse(stream, name);
        var root = document.RootElement;
        Expect(root.ValueKind == JsonValueKind.Object, name, "content", Describe(root), "a JSON object");
        ExpectText(root, "format", name, Format);
        var version = Property(root, "version", JsonValueKind.Number, name);
        Expect(version.TryGetInt32(out var number) && number == Version, name, "version", version.GetRawText(), $"{Version}");
        var special = ReadSpecial(root, name);
        var kind = Property(root, "kind", JsonValueKind.String, name);
        return (TryGetText(kind, out var text) ? text : "") switch
        {
            CharacterVocabulary.KindName => new CharacterVocabulary(ReadTokens(root, name, IsCharacter, "one character"), special),
            WordVocabulary.KindName => new WordVocabulary(ReadTokens(root, name, text => text.Length > 0, "a word"), special),
            BytePairVocabulary.KindName => new BytePairVocabulary(ReadMerges(root, name), special),
            _ => throw new DataFormatException(
                name, "kind", Describe(kind), $"'{CharacterVocabulary.KindName}', '{WordVocabulary.KindName}' or '{BytePairVocabulary.KindName}'"),
        };
    }

    private static JsonDocument Parse(Stream stream, string name)
    {
        try
        {
            return JsonDocument.Parse(stream);
        }
        catch (JsonException exception)
        {
            throw new DataFormatException(name, "JSON", exception.Message, "a whole JSON document in UTF-8", exception);
        }
    }

    private static SpecialTokens ReadSpecial(JsonElement root, string name)
    {
        var special = SpecialTokens.None;
        foreach (var element in Property(root, "special", JsonValueKind.Array, name).EnumerateArray())
        {
            var token = element.ValueKind == JsonValueKind.String ? s_special.FirstOrDefault(known => Name(known) == element.GetString()) : 0;
            Expect(
                token > special, name, "special", Describe(element), $"each of {string.Join(", ", s_special.Select(Name))} at most once, in this order");
            special |= token;
        }

        return special;
    }

    private static string[] ReadTokens(JsonElement root, string name, Func<string, bool> isToken, string expected)
    {
        var list = Property(root, "tokens", JsonValueKind.Array, name);
        var tokens = new List<string>(list.GetArrayLength());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in list.EnumerateArray())
        {
            var field = $"token {tokens.Count}";
            Expect(TryGetText(element, out var text) && isToken(text), name, field, Describe(element), expected);
            Expect(seen.Add(text), name, field, Describe(element), "a token that did not occur before");
            tokens.Add(text);
        }

        return [.. tokens];
    }

    private static (int First, int Second)[] ReadMerges(JsonElement root, string name)
    {
        var list = Property(root, "merges", JsonValueKind.Array, name);
        var merges = new List<(int First, int Second)>(list.GetArrayLength());
        var seen = new HashSet<(int First, int Second)>();
        var lengths = new List<int>(Enumerable.Repeat(1, BytePairVocabulary.Bytes));
        foreach (var element in list.EnumerateArray())
        {
            var field = $"merge {merges.Count}";
            var symbols = BytePairVocabulary.Bytes + merges.Count;
            var pair = (First: -1, Second: -1);
            var isPair = element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
                && TryGetSymbol(element[0], symbols, out pair.First) && TryGetSymbol(element[1], symbols, out pair.Second);
            Expect(isPair, name, field, Describe(element), $"two symbols of 0 … {symbols - 1}");
            Expect(seen.Add(pair), name, field, Describe(element), "a pair that did not occur before");

            // Tokens made of tokens may double in length at every step: a hostile file must not fill the memory.
            lengths.Add(lengths[pair.First] + lengths[pair.Second]);
            Expect(
                lengths[^1] <= BytePairVocabulary.MostTokenBytes, name, field, $"a token of {lengths[^1]} bytes", $"at most {BytePairVocabulary.MostTokenBytes}");
            merges.Add(pair);
        }

        return [.. merges];
    }

    private static bool TryGetSymbol(JsonElement element, int symbols, out int symbol)
    {
        symbol = -1;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out symbol) && (uint)symbol < (uint)symbols;
    }

    // A string of JSON may escape half of a surrogate pair, which is no text.
    private static bool TryGetText(JsonElement element, out string text)
    {
        text = "";
        try
        {
            text = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
            return element.ValueKind == JsonValueKind.String;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsCharacter(string text)
    {
        var runes = text.EnumerateRunes();
        return runes.MoveNext() && !runes.MoveNext();
    }

    private static void ExpectText(JsonElement root, string property, string name, string expected)
    {
        var element = Property(root, property, JsonValueKind.String, name);
        Expect(TryGetText(element, out var text) && text == expected, name, property, Describe(element), $"\"{expected}\"");
    }

    private static JsonElement Property(JsonElement root, string property, JsonValueKind kind, string name)
    {
        var found = root.TryGetProperty(property, out var element);
        Expect(found && element.ValueKind == kind, name, property, found ? Describe(element) : "nothing", $"a JSON {kind.ToString().ToLowerInvariant()}");
        return element;
    }

    private static void Expect(bool holds, string name, string field, string found, string expected)
    {
        if (!holds)
        {
            throw new DataFormatException(name, field, found, expected);
        }
    }

    private static string Describe(JsonElement element)
    {
        const int most = 60;
        var text = element.GetRawText();
        return text.Length <= most ? text : $"{text[..most]}…";
    }

    private static string Name(SpecialTokens token) => token.ToString().ToLowerInvariant();
}
