using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace CognitoM2M.Http;

/// <summary>A member that the JSON serializer writes.</summary>
/// <param name="Type">Its declared type.</param>
/// <param name="Member">The property or field.</param>
internal sealed record JsonMember(Type Type, MemberInfo Member)
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Pairs and tuples of .NET itself return what they store.
    private bool IsOfTuple =>
        Member.DeclaringType is { IsGenericType: true } owner
        && owner.Assembly == typeof(object).Assembly
        && (owner.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) || typeof(ITuple).IsAssignableFrom(owner));

    /// <summary>Finds the members of a type that the serializer may write, whatever its options are.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Not reached in trimmed applications: reflection-based JSON is off there.")]
    public static IEnumerable<JsonMember> FindAll(Type type) =>
    [
        .. type.GetProperties(All)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && IsWritten(property, property.GetMethod!.IsPublic))
            .Select(property => new JsonMember(property.PropertyType, property)),
        .. type.GetFields(All).Where(field => IsWritten(field, field.IsPublic)).Select(field => new JsonMember(field.FieldType, field)),
    ];

    /// <summary>Reads what the member stores, without running code of the user. False if the member is computed.</summary>
    public bool TryRead(object owner, out object? stored)
    {
        var field = Member as FieldInfo ?? FindBackingField((PropertyInfo)Member);
        if (field is null && !IsOfTuple)
        {
            stored = null;
            return false;
        }

        stored = field is not null ? field.GetValue(owner) : ((PropertyInfo)Member).GetValue(owner);
        return true;
    }

    private static bool IsWritten(MemberInfo member, bool isPublic)
    {
        var attributes = member.GetCustomAttributesData();
        return attributes.Any(attribute => attribute.AttributeType == typeof(JsonIgnoreAttribute)) ? !IsAlwaysIgnored(attributes)
            : isPublic || attributes.Any(attribute => attribute.AttributeType == typeof(JsonIncludeAttribute));
    }

    private static bool IsAlwaysIgnored(IEnumerable<CustomAttributeData> attributes) =>
        attributes.First(attribute => attribute.AttributeType == typeof(JsonIgnoreAttribute)).NamedArguments
            .All(argument => argument.MemberName != nameof(JsonIgnoreAttribute.Condition)
                || argument.TypedValue.Value is (int)JsonIgnoreCondition.Always);

    /// <summary>The field of an automatic property, whose getter returns the field and does nothing else.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Not reached in trimmed applications: reflection-based JSON is off there.")]
    private static FieldInfo? FindBackingField(PropertyInfo property)
    {
        var owner = property.DeclaringType!;
        // All properties of an anonymous type are automatic. Its fields have names of their own, which only the compiler can give.
        return owner.GetField(property.GetMethod!.IsDefined(typeof(CompilerGeneratedAttribute)) ? $"<{property.Name}>k__BackingField" : $"<{property.Name}>i__Field", All);
    }
}
