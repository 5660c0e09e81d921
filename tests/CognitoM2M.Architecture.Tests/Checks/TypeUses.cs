using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CognitoM2M.Architecture.Tests.Checks;

/// <summary>Finds every type that a type mentions: base types, members, attributes, generic arguments and method bodies.</summary>
internal static class TypeUses
{
    /// <summary>Calls <paramref name="found"/> with the member that mentions a type, and the type. Nested types are not entered.</summary>
    public static void Visit(TypeDefinition type, Action<MemberReference, TypeReference> found)
    {
        VisitType(type, type.BaseType, found);
        foreach (var implemented in type.Interfaces)
        {
            VisitType(type, implemented.InterfaceType, found);
            VisitAttributes(type, implemented, found);
        }

        VisitAttributes(type, type, found);
        VisitGenericParameters(type, type, found);

        foreach (var field in type.Fields)
        {
            VisitType(field, field.FieldType, found);
            VisitAttributes(field, field, found);
        }

        foreach (var property in type.Properties)
        {
            VisitType(property, property.PropertyType, found);
            VisitAttributes(property, property, found);
        }

        foreach (var @event in type.Events)
        {
            VisitType(@event, @event.EventType, found);
            VisitAttributes(@event, @event, found);
        }

        foreach (var method in type.Methods)
            VisitMethod(method, found);
    }

    private static void VisitMethod(MethodDefinition method, Action<MemberReference, TypeReference> found)
    {
        VisitSignature(method, method, found);
        VisitAttributes(method, method, found);
        VisitAttributes(method, method.MethodReturnType, found);
        VisitGenericParameters(method, method, found);
        foreach (var parameter in method.Parameters)
            VisitAttributes(method, parameter, found);
        foreach (var overridden in method.Overrides)
            VisitMember(method, overridden, found);

        if (!method.HasBody)
            return;
        foreach (var variable in method.Body.Variables)
            VisitType(method, variable.VariableType, found);
        foreach (var handler in method.Body.ExceptionHandlers)
            VisitType(method, handler.CatchType, found);
        foreach (var instruction in method.Body.Instructions)
            VisitOperand(method, instruction, found);
    }

    private static void VisitOperand(MethodDefinition method, Instruction instruction, Action<MemberReference, TypeReference> found)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                VisitType(method, type, found);
                break;
            case MemberReference member:
                VisitMember(method, member, found);
                break;
            case CallSite site:
                VisitSignature(method, site, found);
                break;
        }
    }

    private static void VisitMember(MemberReference user, MemberReference member, Action<MemberReference, TypeReference> found)
    {
        VisitType(user, member.DeclaringType, found);
        if (member is FieldReference field)
            VisitType(user, field.FieldType, found);
        if (member is MethodReference method)
            VisitSignature(user, method, found);
        if (member is GenericInstanceMethod { GenericArguments: var arguments })
        {
            foreach (var argument in arguments)
                VisitType(user, argument, found);
        }
    }

    private static void VisitSignature(MemberReference user, IMethodSignature signature, Action<MemberReference, TypeReference> found)
    {
        VisitType(user, signature.ReturnType, found);
        foreach (var parameter in signature.Parameters)
            VisitType(user, parameter.ParameterType, found);
    }

    private static void VisitGenericParameters(MemberReference user, IGenericParameterProvider provider, Action<MemberReference, TypeReference> found)
    {
        foreach (var parameter in provider.GenericParameters)
        {
            VisitAttributes(user, parameter, found);
            foreach (var constraint in parameter.Constraints)
            {
                VisitType(user, constraint.ConstraintType, found);
                VisitAttributes(user, constraint, found);
            }
        }
    }

    private static void VisitAttributes(MemberReference user, ICustomAttributeProvider provider, Action<MemberReference, TypeReference> found)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            VisitType(user, attribute.AttributeType, found);
            var named = attribute.Fields.Concat(attribute.Properties).Select(argument => argument.Argument);
            foreach (var argument in attribute.ConstructorArguments.Concat(named))
                VisitArgument(user, argument, found);
        }
    }

    private static void VisitArgument(MemberReference user, CustomAttributeArgument argument, Action<MemberReference, TypeReference> found)
    {
        VisitType(user, argument.Type, found);
        switch (argument.Value)
        {
            case TypeReference type:
                VisitType(user, type, found);
                break;
            case CustomAttributeArgument boxed:
                VisitArgument(user, boxed, found);
                break;
            case CustomAttributeArgument[] items:
                foreach (var item in items)
                    VisitArgument(user, item, found);
                break;
        }
    }

    private static void VisitType(MemberReference user, TypeReference? type, Action<MemberReference, TypeReference> found)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case GenericInstanceType generic:
                VisitType(user, generic.ElementType, found);
                foreach (var argument in generic.GenericArguments)
                    VisitType(user, argument, found);
                break;
            case FunctionPointerType pointer:
                VisitSignature(user, pointer, found);
                break;
            case IModifierType modified:
                VisitType(user, modified.ModifierType, found);
                VisitType(user, modified.ElementType, found);
                break;
            case TypeSpecification specification:
                VisitType(user, specification.ElementType, found);
                break;
            default:
                found(user, type);
                break;
        }
    }
}
