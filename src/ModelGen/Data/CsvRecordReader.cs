using System.Text;

namespace ModelGen;

/// <summary>Divides the text of a CSV file into records and fields and keeps count of the lines.</summary>
internal sealed class CsvRecordReader(TextReader text, string name, char separator)
{
    private const int EndOfText = -1;

    // Its own, because StreamReader.Peek takes a stream that delivers in small pieces for one at its end.
    private readonly char[] _buffer = new char[1 << 14];
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private int _position;
    private int _length;
    private int _nextLine = 1;

    /// <summary>The fields of the record read last.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>The line on which the record read last begins, counted from one.</summary>
    public int Line { get; private set; }

    /// <summary>Reads the next record that is not an empty line.</summary>
    public bool ReadRecord()
    {
        SkipEmptyLines();
        if (Peek() == EndOfText)
        {
            return false;
        }

        _fields.Clear();
        Line = _nextLine;
        do
        {
            _fields.Add(Peek() == '"' ? ReadQuotedField() : ReadPlainField());
        }
        while (TakeSeparator());
        return true;
    }

    private void SkipEmptyLines()
    {
        while (Peek() is '\r' or '\n')
        {
            TakeLineEnd();
        }
    }

    private string ReadPlainField()
    {
        _field.Clear();
        while (Peek() is var next and not (EndOfText or '\r' or '\n') && next != separator)
        {
            _field.Append((char)Read());
        }

        return _field.ToString();
    }

    private string ReadQuotedField()
    {
        _field.Clear();
        Read();
        while (true)
        {
            switch (Read())
            {
                case EndOfText:
                    throw new DataFormatException(name, $"line {Line}, column {_fields.Count + 1}", "the end of the file", "the quote that closes the field");
                case '"' when Peek() != '"':
                    return _field.ToString();
                case '"':
                    Read();
                    _field.Append('"');
                    break;
                case '\n':
                    _nextLine++;
                    _field.Append('\n');
                    break;
                case var character:
                    _field.Append((char)character);
                    break;
            }
        }
    }

    // What follows a field: a separator and another field, or the end of the record.
    private bool TakeSeparator()
    {
        var next = Peek();
        if (next == separator)
        {
            Read();
            return true;
        }

        if (next is not (EndOfText or '\r' or '\n'))
        {
            throw new DataFormatException(name, $"line {Line}, column {_fields.Count}", $"'{(char)next}' after a closing quote", $"'{separator}' or the end of the line");
        }

        TakeLineEnd();
        return false;
    }

    private void TakeLineEnd()
    {
        if (Read() == '\r' && Peek() == '\n')
        {
            Read();
        }

        _nextLine++;
    }

    private int Peek()
    {
        if (_position == _length)
        {
            _length = text.Read(_buffer, 0, _buffer.Length);
            _position = 0;
        }

        return _length == 0 ? EndOfText : _buffer[_position];
    }

    private int Read()
    {
        var next = Peek();
        _position += next == EndOfText ? 0 : 1;
        return next;
    }
}
