using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Writes JSON without white space.</summary>
internal static class CompactJson
{
    // The relaxed encoder leaves quotes and plus signs readable. Escaping them matters in HTML pages only, and no emulator text is part of
    // one.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> WriteUtf8(JsonObject value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, _options))
            value.WriteTo(writer);

        return buffer.WrittenMemory;
    }
}
