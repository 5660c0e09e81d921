using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Protocol;

internal static class CompactJson
{
    // Relaxed: quotes and pluses stay readable, and nothing here is ever part of an HTML page.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Utf8(JsonObject value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, _options))
            value.WriteTo(writer);

        return buffer.WrittenMemory;
    }
}
