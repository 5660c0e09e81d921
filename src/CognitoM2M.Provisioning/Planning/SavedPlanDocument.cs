using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>The file of a saved plan. It holds no secret, because neither blueprints nor plans do.</summary>
/// <param name="FormatVersion">The version of this format.</param>
/// <param name="Target">Where the plan was made.</param>
/// <param name="Source">The blueprint file that the plan was made from.</param>
/// <param name="Variables">The variables that the file uses, with their values, so that the file can be read again. None of them is a secret.</param>
/// <param name="Adopt"><see cref="PlanOptions.Adopt"/>.</param>
/// <param name="Prune"><see cref="PlanOptions.Prune"/>.</param>
/// <param name="Blueprint">The blueprint.</param>
/// <param name="UserPoolId">The user pool; null if the plan creates it.</param>
/// <param name="Steps">The steps. They are never carried out from here: they are compared with the steps of a new plan.</param>
internal sealed record SavedPlanDocument(
    int FormatVersion, PlanTarget Target, string? Source, IReadOnlyDictionary<string, string> Variables, bool Adopt, bool Prune, JsonElement Blueprint, string? UserPoolId,
    IReadOnlyList<SavedStep> Steps)
{
    public const int CurrentVersion = 2;

    public static SavedPlanDocument Create(ProvisioningPlan plan, string? source, IReadOnlyDictionary<string, string> variables) => new(
        CurrentVersion,
        plan.Target,
        source,
        variables,
        plan.Options.Adopt,
        plan.Options.Prune,
        JsonElement.Parse(plan.Blueprint.ToJson()),
        plan.UserPoolId,
        [.. plan.Steps.Select(SavedStep.Create)]);

    /// <exception cref="InvalidDataException">The text is not a saved plan, or has a version that is not known here.</exception>
    public static SavedPlanDocument Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            RequireVersion(document.RootElement);
            var saved = document.Deserialize(SavedPlanJson.Default.SavedPlanDocument)!;
            return saved.Variables.Values.All(value => value is not null) && saved.Steps.All(step => step is not null && step.Changes.All(change => change is not null))
                ? saved
                : throw new JsonException("A variable, step or change is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("This is not a saved plan, or the file was damaged. Plan again and save the new plan.", e);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, SavedPlanJson.Readable.SavedPlanDocument);

    private static void RequireVersion(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("formatVersion", out var version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number))
        {
            throw new JsonException("There is no format version.");
        }

        if (number != CurrentVersion)
        {
            throw new InvalidDataException(
                $"The plan was saved in format {number}, and this version of the library reads format {CurrentVersion}. Plan again and save the new plan.");
        }
    }
}

/// <summary>A step of a saved plan.</summary>
internal sealed record SavedStep(
    PlanAction Action, PlannedKind Kind, string Name, IReadOnlyList<PlanChange> Changes, DestructiveChanges DestructiveChanges, string? Warning)
{
    public string Title => new PlanStep { Action = Action, Kind = Kind, Name = Name }.Title;

    public static SavedStep Create(PlanStep step) => new(step.Action, step.Kind, step.Name, step.Changes, step.DestructiveChanges, step.Warning);

    public bool IsSameAs(SavedStep other) => this with { Changes = other.Changes } == other && Changes.SequenceEqual(other.Changes);
}

/// <summary>Strict JSON: a member that is unknown, missing or appears twice is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    WriteIndented = true)]
[JsonSerializable(typeof(SavedPlanDocument))]
internal sealed partial class SavedPlanJson : JsonSerializerContext
{
    /// <summary>Writes text without the escapes that only web pages need.</summary>
    public static SavedPlanJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
