-- Grain: none. A code as codes are compared: case, blanks, invisible characters and the kind of dash make no difference.
create temp macro code_key(code) as
    case
        when strlen(code) = length(code) and not contains(code, ' ') then upper(code)
        else upper(regexp_replace(
            regexp_replace(nfc_normalize(code), '[\s\p{Z}\p{C}]', '', 'g'), '[\p{Pd}\x{2212}]', '-', 'g'
        ))
    end
