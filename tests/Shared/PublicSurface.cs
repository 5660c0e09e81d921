using System.Reflection;
using System.Text;

namespace CognitoM2M.Testing;

/// <summary>The public types and members of an assembly as text, one per line, so that a change to them shows in a diff.</summary>
internal static class PublicSurface
{
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsAbstract && type.IsSealed ? "static class" : type.IsSealed ? "sealed class" : "class")
                .Append(' ').Append(type.FullName).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");

        return type.GetConstructors(Declared).Select(constructor => $".ctor({Parameters(constructor)})")
            .Concat(type.GetFields(Declared).Select(field => $"{Name(field.FieldType)} {field.Name} = {(field.IsLiteral ? field.GetRawConstantValue() : "...")}"))
            .Concat(type.GetProperties(Declared).Select(property => $"{Name(property.PropertyType)} {property.Name} {{ {Accessors(property)} }}"))
            .Concat(type.GetMethods(Declared).Where(method => !method.IsSpecialName)
                .Select(method => $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})"));
    }

    private static string Accessors(PropertyInfo property)
    {
        var setter = property.SetMethod is not { IsPublic: true } set ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ? " init;" : " set;";
        return $"get;{setter}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (!type.IsGenericType)
            return type.Name;

        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
