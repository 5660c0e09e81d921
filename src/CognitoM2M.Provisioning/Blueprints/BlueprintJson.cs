using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Strict JSON: a property that is unknown or appears twice is a mistake.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true,
    // The public enums name a converter that is more lenient, because programs that serialize them cannot use an internal one.
    Converters =
    [
        typeof(NameConverter<AppClientRoute>),
        typeof(NameConverter<IssuerForm>),
        typeof(NameConverter<TlsPolicy>),
        typeof(NameConverter<UserPoolTier>),
    ])]
[JsonSerializable(typeof(Blueprint))]
internal sealed partial class BlueprintJson : JsonSerializerContext
{
    /// <summary>Writes text without the escapes that only web pages need, and without empty lists of groups and users: only blueprints for an emulator have them.</summary>
    public static JsonTypeInfo<Blueprint> Readable => field ??= (JsonTypeInfo<Blueprint>)new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = Default.WithAddedModifier(static type =>
        {
            foreach (var property in type.Properties.Where(property => type.Type == typeof(Blueprint) && property.Name is ("groups" or "users")))
                property.ShouldSerialize = static (_, list) => list is not ICollection { Count: 0 };
        }),
    }.GetTypeInfo(typeof(Blueprint));

    /// <summary>Reads a blueprint that lacks required properties. They are null then.</summary>
    public static JsonTypeInfo<Blueprint> Incomplete => field ??= (JsonTypeInfo<Blueprint>)new JsonSerializerOptions(Default.Options)
    {
        RespectNullableAnnotations = false,
        TypeInfoResolver = Default.WithAddedModifier(static type =>
        {
            foreach (var property in type.Properties)
                property.IsRequired = false;
        }),
    }.GetTypeInfo(typeof(Blueprint));

    /// <summary>What an exception of the serializer says, without the place.</summary>
    public static string ExplainMessage(JsonException exception) => exception.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.');
}
