using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Cli.Output;

/// <summary>Serializes the documents of all commands without reflection, so that the tool can be compiled to native code.</summary>
[JsonSerializable(typeof(FailureDocument))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OutputDocuments : JsonSerializerContext
{
    public static OutputDocuments Instance { get; } = new(JsonText.CreateOptions());
}
