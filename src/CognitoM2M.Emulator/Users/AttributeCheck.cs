using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Users;

/// <summary>Checks attributes of users against the schema of their pool.</summary>
internal static class AttributeCheck
{
    /// <summary>Checks the attributes of a new user.</summary>
    /// <exception cref="RefusedException">An attribute is given twice, or does not conform to the schema.</exception>
    public static void RequireNew(EmulatedUserPool pool, IReadOnlyCollection<UserAttribute> attributes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (attribute.Name == PoolUser.SubAttribute)
                throw RefusedException.InvalidParameter("Cannot set the attribute sub: Cognito chooses it.");
            if (!names.Add(attribute.Name))
                throw RefusedException.InvalidParameter($"The attribute {attribute.Name} is given twice.");
        }

        Require(pool, attributes);
    }

    /// <summary>Checks an attribute that takes the place of an older value.</summary>
    /// <exception cref="RefusedException">The attribute does not conform to the schema, or cannot be changed.</exception>
    public static void RequireChangeable(EmulatedUserPool pool, UserAttribute attribute)
    {
        if (AttributeSchema.Read(pool).Find(attribute.Name) is { IsMutable: false })
            throw RefusedException.InvalidParameter($"user.{attribute.Name}: Attribute cannot be updated.");
        Require(pool, [attribute]);
    }

    /// <exception cref="RefusedException">An attribute does not conform to the schema.</exception>
    public static void Require(EmulatedUserPool pool, IReadOnlyCollection<UserAttribute> attributes)
    {
        var schema = AttributeSchema.Read(pool);
        var mistakes = attributes
            .Select(attribute => (attribute.Name, Mistake: schema.Find(attribute.Name) is { } rule
                ? rule.FindMistake(attribute.Value)
                : "Attribute does not exist in the schema."))
            .Where(result => result.Mistake is not null)
            .Select(result => $"{result.Name}: {result.Mistake}\n")
            .ToList();
        if (mistakes.Count > 0)
            throw RefusedException.InvalidParameter($"Attributes did not conform to the schema: {string.Concat(mistakes)}");

        foreach (var (name, value) in attributes)
        {
            if (name == UserNames.Email && value.Length > 0 && !UserNames.IsEmail(value))
                throw RefusedException.InvalidParameter("Invalid email address format.");
            if (name == UserNames.PhoneNumber && value.Length > 0 && !UserNames.IsPhoneNumber(value))
                throw RefusedException.InvalidParameter("Invalid phone number format.");
        }
    }
}
