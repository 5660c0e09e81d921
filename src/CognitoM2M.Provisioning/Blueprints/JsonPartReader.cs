using System.Text.Json;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Reads JSON text into parts that know their place. Comments and trailing commas are allowed.</summary>
internal ref struct JsonPartReader
{
    private readonly ReadOnlyMemory<byte> _json;
    private Utf8JsonReader _reader;

    private JsonPartReader(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    /// <exception cref="JsonException">The text is not JSON. The exception says where.</exception>
    public static JsonPart Read(ReadOnlyMemory<byte> json)
    {
        var reader = new JsonPartReader(json);
        reader._reader.Read();
        var part = reader.ReadPart();
        reader._reader.Read();
        return part;
    }

    private JsonPart ReadPart()
    {
        var part = new JsonPart(_reader.TokenType, (int)_reader.TokenStartIndex);
        switch (part.Kind)
        {
            case JsonTokenType.StartObject:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                    part.Members.Add(ReadMember());
                break;
            case JsonTokenType.StartArray:
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    part.Items.Add(ReadPart());
                break;
            default:
                part.Text = _json[part.Start..(int)_reader.BytesConsumed];
                break;
        }

        return part;
    }

    private JsonMember ReadMember()
    {
        var start = (int)_reader.TokenStartIndex;
        var name = ReadName();
        _reader.Read();
        return new(name, start, ReadPart());
    }

    private readonly string ReadName()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // The reader finds such bytes only when the text is taken.
            var position = new TextPosition(_json).MoveTo((int)_reader.TokenStartIndex);
            throw new JsonException("the name of the property is not valid Unicode", path: null, position.Line - 1, bytePositionInLine: null, e);
        }
    }
}
